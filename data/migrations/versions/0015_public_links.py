"""Questionnaires that are open to everybody

Revision: 0015, after 0014
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0015'
down_revision = '0014'
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), 'postgresql')


def upgrade() -> None:
    op.create_table('audience',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('study_id', sa.Uuid(), nullable=False),
    sa.Column('visitors', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['study_id'], ['study.id'], name=op.f('fk_audience_study_id_study'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audience')),
    sa.UniqueConstraint('study_id', name=op.f('uq_audience_study_id'))
    )
    op.create_index(op.f('ix_audience_study_id'), 'audience', ['study_id'], unique=False)
    op.create_table('public_link',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('study_id', sa.Uuid(), nullable=False),
    sa.Column('account_id', sa.Uuid(), nullable=True),
    sa.Column('questionnaire', sa.String(length=80), nullable=False),
    sa.Column('slug', sa.String(length=12), nullable=False),
    sa.Column('kind', sa.String(length=10), nullable=False),
    sa.Column('opens', sa.Date(), nullable=False),
    sa.Column('closes', sa.Date(), nullable=False),
    sa.Column('many', sa.Boolean(), nullable=False),
    sa.Column('naming', sa.String(length=10), nullable=False),
    sa.Column('title', JSON, nullable=False),
    sa.Column('languages', JSON, nullable=False),
    sa.Column('prefilled', JSON, nullable=False),
    sa.Column('most', sa.Integer(), nullable=False),
    sa.Column('wall', sa.Boolean(), nullable=False),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_public_link_account_id_account'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['study_id'], ['study.id'], name=op.f('fk_public_link_study_id_study'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_public_link')),
    sa.UniqueConstraint('slug', name=op.f('uq_public_link_slug'))
    )
    op.create_index(op.f('ix_public_link_account_id'), 'public_link', ['account_id'], unique=False)
    op.create_index(op.f('ix_public_link_study_id'), 'public_link', ['study_id'], unique=False)
    op.create_table('visit',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('study_id', sa.Uuid(), nullable=False),
    sa.Column('link_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('device', sa.String(length=64), nullable=False),
    sa.Column('receipt', sa.String(length=64), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['link_id'], ['public_link.id'], name=op.f('fk_visit_link_id_public_link'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_visit_person_id_person'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['study_id'], ['study.id'], name=op.f('fk_visit_study_id_study'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_visit')),
    sa.UniqueConstraint('person_id', name=op.f('uq_visit_person_id')),
    sa.UniqueConstraint('receipt', name=op.f('uq_visit_receipt'))
    )
    op.create_index(op.f('ix_visit_link_id'), 'visit', ['link_id'], unique=False)
    op.create_index('ix_visit_link_id_device', 'visit', ['link_id', 'device'], unique=False)
    op.create_index(op.f('ix_visit_person_id'), 'visit', ['person_id'], unique=False)
    op.create_index(op.f('ix_visit_study_id'), 'visit', ['study_id'], unique=False)
    op.create_table('wall_text',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('study_id', sa.Uuid(), nullable=False),
    sa.Column('response_id', sa.Uuid(), nullable=True),
    sa.Column('theme_id', sa.Uuid(), nullable=True),
    sa.Column('account_id', sa.Uuid(), nullable=True),
    sa.Column('path', sa.String(length=500), nullable=False),
    sa.Column('text_hash', sa.String(length=64), nullable=False),
    sa.Column('shown', sa.Boolean(), nullable=False),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_wall_text_account_id_account'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['response_id'], ['response.id'], name=op.f('fk_wall_text_response_id_response'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['study_id'], ['study.id'], name=op.f('fk_wall_text_study_id_study'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['theme_id'], ['theme.id'], name=op.f('fk_wall_text_theme_id_theme'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_wall_text')),
    sa.UniqueConstraint('response_id', 'path', name=op.f('uq_wall_text_response_id_path')),
    sa.UniqueConstraint('theme_id', 'path', name=op.f('uq_wall_text_theme_id_path'))
    )
    op.create_index(op.f('ix_wall_text_account_id'), 'wall_text', ['account_id'], unique=False)
    op.create_index(op.f('ix_wall_text_response_id'), 'wall_text', ['response_id'], unique=False)
    op.create_index(op.f('ix_wall_text_study_id'), 'wall_text', ['study_id'], unique=False)
    op.create_index(op.f('ix_wall_text_theme_id'), 'wall_text', ['theme_id'], unique=False)


def downgrade() -> None:
    op.drop_table('wall_text')
    op.drop_table('visit')
    op.drop_table('public_link')
    op.drop_table('audience')

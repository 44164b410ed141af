"""Codes and what people mark with them

Revision: 0013, after 0012
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0013'
down_revision = '0012'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('code',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('study_id', sa.Uuid(), nullable=False),
    sa.Column('parent_id', sa.Uuid(), nullable=True),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('description', sa.String(), nullable=False),
    sa.Column('includes', sa.String(), nullable=False),
    sa.Column('excludes', sa.String(), nullable=False),
    sa.Column('examples', sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), 'postgresql'), nullable=False),
    sa.Column('colour', sa.String(length=20), nullable=False),
    sa.Column('memo', sa.String(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Uuid(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('removed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('merged_into', sa.Uuid(), nullable=True),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_code_account_id_account'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['merged_into'], ['code.id'], name=op.f('fk_code_merged_into_code'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['parent_id'], ['code.id'], name=op.f('fk_code_parent_id_code'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['study_id'], ['study.id'], name=op.f('fk_code_study_id_study'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_code'))
    )
    with op.batch_alter_table('code', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_code_account_id'), ['account_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_code_merged_into'), ['merged_into'], unique=False)
        batch_op.create_index(batch_op.f('ix_code_parent_id'), ['parent_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_code_study_id'), ['study_id'], unique=False)

    op.create_table('code_edit',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('study_id', sa.Uuid(), nullable=False),
    sa.Column('code_id', sa.Uuid(), nullable=False),
    sa.Column('account_id', sa.Uuid(), nullable=True),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('action', sa.String(length=20), nullable=False),
    sa.Column('before', sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), 'postgresql'), nullable=False),
    sa.Column('after', sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), 'postgresql'), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_code_edit_account_id_account'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['code_id'], ['code.id'], name=op.f('fk_code_edit_code_id_code'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['study_id'], ['study.id'], name=op.f('fk_code_edit_study_id_study'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_code_edit')),
    sa.UniqueConstraint('study_id', 'position', name=op.f('uq_code_edit_study_id_position'))
    )
    with op.batch_alter_table('code_edit', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_code_edit_account_id'), ['account_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_code_edit_code_id'), ['code_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_code_edit_study_id'), ['study_id'], unique=False)

    op.create_table('coded_text',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('study_id', sa.Uuid(), nullable=False),
    sa.Column('account_id', sa.Uuid(), nullable=False),
    sa.Column('turn_id', sa.Uuid(), nullable=True),
    sa.Column('response_id', sa.Uuid(), nullable=True),
    sa.Column('path', sa.String(), nullable=False),
    sa.Column('finished_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_coded_text_account_id_account'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['response_id'], ['response.id'], name=op.f('fk_coded_text_response_id_response'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['study_id'], ['study.id'], name=op.f('fk_coded_text_study_id_study'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['turn_id'], ['turn.id'], name=op.f('fk_coded_text_turn_id_turn'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_coded_text')),
    sa.UniqueConstraint('account_id', 'response_id', 'path', name=op.f('uq_coded_text_account_id_response_id_path')),
    sa.UniqueConstraint('account_id', 'turn_id', name=op.f('uq_coded_text_account_id_turn_id'))
    )
    with op.batch_alter_table('coded_text', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_coded_text_account_id'), ['account_id'], unique=False)
        batch_op.create_index('ix_coded_text_response_id_path', ['response_id', 'path'], unique=False)
        batch_op.create_index(batch_op.f('ix_coded_text_study_id'), ['study_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_coded_text_turn_id'), ['turn_id'], unique=False)

    op.create_table('coding',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('study_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=True),
    sa.Column('code_id', sa.Uuid(), nullable=False),
    sa.Column('account_id', sa.Uuid(), nullable=True),
    sa.Column('turn_id', sa.Uuid(), nullable=True),
    sa.Column('response_id', sa.Uuid(), nullable=True),
    sa.Column('path', sa.String(), nullable=False),
    sa.Column('start', sa.Integer(), nullable=False),
    sa.Column('end', sa.Integer(), nullable=False),
    sa.Column('version', sa.String(length=10), nullable=False),
    sa.Column('memo', sa.String(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('removed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('lost_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_coding_account_id_account'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['code_id'], ['code.id'], name=op.f('fk_coding_code_id_code'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_coding_person_id_person'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['response_id'], ['response.id'], name=op.f('fk_coding_response_id_response'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['study_id'], ['study.id'], name=op.f('fk_coding_study_id_study'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['turn_id'], ['turn.id'], name=op.f('fk_coding_turn_id_turn'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_coding'))
    )
    with op.batch_alter_table('coding', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_coding_account_id'), ['account_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_coding_code_id'), ['code_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_coding_person_id'), ['person_id'], unique=False)
        batch_op.create_index('ix_coding_response_id_path', ['response_id', 'path'], unique=False)
        batch_op.create_index(batch_op.f('ix_coding_study_id'), ['study_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_coding_turn_id'), ['turn_id'], unique=False)

    op.create_table('coding_talk',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('study_id', sa.Uuid(), nullable=False),
    sa.Column('code_id', sa.Uuid(), nullable=True),
    sa.Column('account_id', sa.Uuid(), nullable=True),
    sa.Column('turn_id', sa.Uuid(), nullable=True),
    sa.Column('response_id', sa.Uuid(), nullable=True),
    sa.Column('path', sa.String(), nullable=False),
    sa.Column('start', sa.Integer(), nullable=False),
    sa.Column('end', sa.Integer(), nullable=False),
    sa.Column('text', sa.String(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_coding_talk_account_id_account'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['code_id'], ['code.id'], name=op.f('fk_coding_talk_code_id_code'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['response_id'], ['response.id'], name=op.f('fk_coding_talk_response_id_response'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['study_id'], ['study.id'], name=op.f('fk_coding_talk_study_id_study'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['turn_id'], ['turn.id'], name=op.f('fk_coding_talk_turn_id_turn'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_coding_talk'))
    )
    with op.batch_alter_table('coding_talk', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_coding_talk_account_id'), ['account_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_coding_talk_code_id'), ['code_id'], unique=False)
        batch_op.create_index('ix_coding_talk_response_id_path', ['response_id', 'path'], unique=False)
        batch_op.create_index(batch_op.f('ix_coding_talk_study_id'), ['study_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_coding_talk_turn_id'), ['turn_id'], unique=False)


def downgrade() -> None:
    op.drop_table('coding_talk')
    op.drop_table('coding')
    op.drop_table('coded_text')
    op.drop_table('code_edit')
    op.drop_table('code')

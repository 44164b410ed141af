"""Exports and approvals

Revision: 0009, after 0008
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table('export_request',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('study_id', sa.Uuid(), nullable=False),
    sa.Column('asked_by', sa.Uuid(), nullable=True),
    sa.Column('asked_name', sa.String(length=120), nullable=False),
    sa.Column('reason', sa.String(length=2000), nullable=False),
    sa.Column('wanted', JSON, nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('decided_by', sa.Uuid(), nullable=True),
    sa.Column('decided_name', sa.String(length=120), nullable=False),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('approved', sa.Boolean(), nullable=False),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['asked_by'], ['account.id'], name=op.f('fk_export_request_asked_by_account'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['decided_by'], ['account.id'], name=op.f('fk_export_request_decided_by_account'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['study_id'], ['study.id'], name=op.f('fk_export_request_study_id_study'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_export_request'))
    )
    with op.batch_alter_table('export_request', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_export_request_asked_by'), ['asked_by'], unique=False)
        batch_op.create_index(batch_op.f('ix_export_request_decided_by'), ['decided_by'], unique=False)
        batch_op.create_index(batch_op.f('ix_export_request_study_id'), ['study_id'], unique=False)

    op.create_table('export',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('study_id', sa.Uuid(), nullable=False),
    sa.Column('account_id', sa.Uuid(), nullable=True),
    sa.Column('request_id', sa.Uuid(), nullable=True),
    sa.Column('format', sa.String(length=10), nullable=False),
    sa.Column('language', sa.String(length=35), nullable=False),
    sa.Column('masked', sa.Boolean(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('counts', JSON, nullable=False),
    sa.Column('people', JSON, nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('removed_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_export_account_id_account'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['request_id'], ['export_request.id'], name=op.f('fk_export_request_id_export_request'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['study_id'], ['study.id'], name=op.f('fk_export_study_id_study'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_export'))
    )
    with op.batch_alter_table('export', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_export_account_id'), ['account_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_export_request_id'), ['request_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_export_study_id'), ['study_id'], unique=False)


def downgrade() -> None:
    op.drop_table('export')
    op.drop_table('export_request')

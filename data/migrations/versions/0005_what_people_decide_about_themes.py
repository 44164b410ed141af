"""What people decide about themes

Revision: 0005, after 0004
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('theme_edit',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('run_id', sa.Uuid(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Uuid(), nullable=True),
    sa.Column('action', sa.String(length=20), nullable=False),
    sa.Column('theme', sa.Integer(), nullable=True),
    sa.Column('passage_id', sa.Uuid(), nullable=True),
    sa.Column('before', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
    sa.Column('after', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
    sa.Column('carried', sa.Boolean(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_theme_edit_account_id_account'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['passage_id'], ['passage.id'], name=op.f('fk_theme_edit_passage_id_passage'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['run_id'], ['theme_run.id'], name=op.f('fk_theme_edit_run_id_theme_run'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_theme_edit')),
    sa.UniqueConstraint('run_id', 'position', name=op.f('uq_theme_edit_run_id_position'))
    )
    with op.batch_alter_table('theme_edit', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_theme_edit_account_id'), ['account_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_theme_edit_passage_id'), ['passage_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_theme_edit_run_id'), ['run_id'], unique=False)

    # Column by column: a copied table would take its rows' rows along when the old one is dropped.
    # Passages that are there already were there before every run.
    op.add_column('passage', sa.Column('created_at', sa.DateTime(timezone=True), nullable=False, server_default='2000-01-01 00:00:00'))
    op.drop_column('theme', 'name')


def downgrade() -> None:
    op.add_column('theme', sa.Column('name', sa.String(), nullable=False, server_default=''))
    op.drop_column('passage', 'created_at')
    op.drop_table('theme_edit')

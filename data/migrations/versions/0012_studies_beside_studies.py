"""Studies that belong to another, and studies that are closed

Revision: 0012, after 0011
"""

import sqlalchemy as sa
from alembic import op

revision = '0012'
down_revision = '0011'
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Column by column: a copied table would take its rows' rows along when the old one is dropped.
    op.add_column('study', sa.Column('kind', sa.String(length=10), nullable=False, server_default='study'))
    op.add_column('study', sa.Column('parent_id', sa.Uuid(), nullable=True))
    op.add_column('study', sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True))
    op.create_index(op.f('ix_study_parent_id'), 'study', ['parent_id'])


def downgrade() -> None:
    op.drop_index(op.f('ix_study_parent_id'), 'study')
    op.drop_column('study', 'closed_at')
    op.drop_column('study', 'parent_id')
    op.drop_column('study', 'kind')

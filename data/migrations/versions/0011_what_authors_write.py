"""What authors write into the chapter

Revision: 0011, after 0010
"""

import sqlalchemy as sa
from alembic import op

revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('chapter_text',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('study_id', sa.Uuid(), nullable=False),
    sa.Column('key', sa.String(length=120), nullable=False),
    sa.Column('language', sa.String(length=35), nullable=False),
    sa.Column('text', sa.String(), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Uuid(), nullable=True),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_chapter_text_account_id_account'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['study_id'], ['study.id'], name=op.f('fk_chapter_text_study_id_study'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_chapter_text')),
    sa.UniqueConstraint('study_id', 'key', 'language', name=op.f('uq_chapter_text_study_id_key_language'))
    )
    with op.batch_alter_table('chapter_text', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_chapter_text_account_id'), ['account_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_chapter_text_study_id'), ['study_id'], unique=False)


def downgrade() -> None:
    op.drop_table('chapter_text')

"""What people say when they check the computer

Revision: 0014, after 0013
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0014'
down_revision = '0013'
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), 'postgresql')


def upgrade() -> None:
    op.create_table('theme_check',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('study_id', sa.Uuid(), nullable=False),
    sa.Column('account_id', sa.Uuid(), nullable=True),
    sa.Column('title', JSON, nullable=False),
    sa.Column('description', JSON, nullable=False),
    sa.Column('seed', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_theme_check_account_id_account'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['study_id'], ['study.id'], name=op.f('fk_theme_check_study_id_study'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_theme_check'))
    )
    op.create_index(op.f('ix_theme_check_account_id'), 'theme_check', ['account_id'], unique=False)
    op.create_index(op.f('ix_theme_check_study_id'), 'theme_check', ['study_id'], unique=False)
    op.create_table('checked_theme',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('check_id', sa.Uuid(), nullable=False),
    sa.Column('run_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('members', JSON, nullable=False),
    sa.Column('carried', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['check_id'], ['theme_check.id'], name=op.f('fk_checked_theme_check_id_theme_check'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['run_id'], ['theme_run.id'], name=op.f('fk_checked_theme_run_id_theme_run'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_checked_theme')),
    sa.UniqueConstraint('check_id', 'run_id', name=op.f('uq_checked_theme_check_id_run_id'))
    )
    op.create_index(op.f('ix_checked_theme_check_id'), 'checked_theme', ['check_id'], unique=False)
    op.create_index(op.f('ix_checked_theme_run_id'), 'checked_theme', ['run_id'], unique=False)
    op.create_table('check_question',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('check_id', sa.Uuid(), nullable=False),
    sa.Column('passage_id', sa.Uuid(), nullable=False),
    sa.Column('language', sa.String(), nullable=False),
    sa.Column('stratum', sa.String(length=4), nullable=False),
    sa.Column('weight', sa.Float(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['check_id'], ['theme_check.id'], name=op.f('fk_check_question_check_id_theme_check'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['passage_id'], ['passage.id'], name=op.f('fk_check_question_passage_id_passage'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_check_question')),
    sa.UniqueConstraint('check_id', 'passage_id', name=op.f('uq_check_question_check_id_passage_id'))
    )
    op.create_index(op.f('ix_check_question_check_id'), 'check_question', ['check_id'], unique=False)
    op.create_index(op.f('ix_check_question_passage_id'), 'check_question', ['passage_id'], unique=False)
    op.create_table('check_answer',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('question_id', sa.Uuid(), nullable=False),
    sa.Column('account_id', sa.Uuid(), nullable=False),
    sa.Column('answer', sa.String(length=6), nullable=False),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_check_answer_account_id_account'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['question_id'], ['check_question.id'], name=op.f('fk_check_answer_question_id_check_question'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_check_answer')),
    sa.UniqueConstraint('question_id', 'account_id', name=op.f('uq_check_answer_question_id_account_id'))
    )
    op.create_index(op.f('ix_check_answer_account_id'), 'check_answer', ['account_id'], unique=False)
    op.create_index(op.f('ix_check_answer_question_id'), 'check_answer', ['question_id'], unique=False)


def downgrade() -> None:
    op.drop_table('check_answer')
    op.drop_table('check_question')
    op.drop_table('checked_theme')
    op.drop_table('theme_check')

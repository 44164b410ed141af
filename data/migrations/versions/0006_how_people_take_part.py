"""How people take part: PINs, devices, teams they were in, calendars of their own

Revision: 0006, after 0005
"""

import sqlalchemy as sa
from alembic import op

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('team_stay',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('team_id', sa.Uuid(), nullable=True),
    sa.Column('since', sa.Date(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_team_stay_person_id_person'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['team_id'], ['team.id'], name=op.f('fk_team_stay_team_id_team'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_team_stay')),
    sa.UniqueConstraint('person_id', 'since', name=op.f('uq_team_stay_person_id_since'))
    )
    with op.batch_alter_table('team_stay', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_team_stay_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_team_stay_team_id'), ['team_id'], unique=False)

    op.create_table('pin',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('digest', sa.String(), nullable=False),
    sa.Column('failures', sa.Integer(), nullable=False),
    sa.Column('locked_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_pin_person_id_person'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_pin')),
    sa.UniqueConstraint('person_id', name=op.f('uq_pin_person_id'))
    )

    op.create_table('calendar_change',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('study_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=True),
    sa.Column('team_id', sa.Uuid(), nullable=True),
    sa.Column('kind', sa.String(length=10), nullable=False),
    sa.Column('first', sa.Date(), nullable=False),
    sa.Column('last', sa.Date(), nullable=False),
    sa.Column('days', sa.Integer(), nullable=False),
    sa.Column('reason', sa.String(), nullable=False),
    sa.Column('account_id', sa.Uuid(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_calendar_change_account_id_account'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_calendar_change_person_id_person'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['study_id'], ['study.id'], name=op.f('fk_calendar_change_study_id_study'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['team_id'], ['team.id'], name=op.f('fk_calendar_change_team_id_team'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_calendar_change'))
    )
    with op.batch_alter_table('calendar_change', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_calendar_change_account_id'), ['account_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_calendar_change_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_calendar_change_study_id'), ['study_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_calendar_change_team_id'), ['team_id'], unique=False)

    # Column by column: a copied table would take its rows' rows along when the old one is dropped.
    op.add_column('person', sa.Column('left_on', sa.Date(), nullable=True))
    op.add_column('person', sa.Column('left_reason', sa.String(), nullable=False, server_default=''))
    op.add_column('sign_in', sa.Column('seen_at', sa.DateTime(timezone=True), nullable=True))
    op.add_column('sign_in', sa.Column('knows_pin_at', sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column('sign_in', 'knows_pin_at')
    op.drop_column('sign_in', 'seen_at')
    op.drop_column('person', 'left_reason')
    op.drop_column('person', 'left_on')
    op.drop_table('calendar_change')
    op.drop_table('pin')
    op.drop_table('team_stay')

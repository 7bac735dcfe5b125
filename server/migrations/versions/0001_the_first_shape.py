"""The first shape"""

from __future__ import annotations

import sqlalchemy as sa
import sqlmodel
from alembic import op

import server.db
from minutes.search import fts5

revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('line',
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('id', sqlmodel.AutoString(), nullable=False),
    sa.Column('track_id', sqlmodel.AutoString(), nullable=False),
    sa.Column('meeting_id', sqlmodel.AutoString(), nullable=False),
    sa.Column('meeting_title', sqlmodel.AutoString(), nullable=False),
    sa.Column('meeting_date', sqlmodel.AutoString(), nullable=False),
    sa.Column('classification', sqlmodel.AutoString(), nullable=False),
    sa.Column('seat_id', sqlmodel.AutoString(), nullable=False),
    sa.Column('office_id', sqlmodel.AutoString(), nullable=False),
    sa.Column('office_name', sqlmodel.AutoString(), nullable=False),
    sa.Column('person_id', sqlmodel.AutoString(), nullable=True),
    sa.Column('person_name', sqlmodel.AutoString(), nullable=True),
    sa.Column('position', sqlmodel.AutoString(), nullable=True),
    sa.Column('known_by', sqlmodel.AutoString(), nullable=False),
    sa.Column('start', sa.Float(), nullable=False),
    sa.Column('end', sa.Float(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('stem', sa.Text(), nullable=False),
    sa.Column('words', sa.JSON(), nullable=False),
    sa.PrimaryKeyConstraint('number'),
    sa.UniqueConstraint('id')
    )
    with op.batch_alter_table('line', schema=None) as batch_op:
        batch_op.create_index('ix_line_meeting_time', ['meeting_id', 'start', 'number'], unique=False)
        batch_op.create_index(batch_op.f('ix_line_track_id'), ['track_id'], unique=False)

    op.create_table('office',
    sa.Column('id', sqlmodel.AutoString(), nullable=False),
    sa.Column('code', sqlmodel.AutoString(), nullable=False),
    sa.Column('short_name', sqlmodel.AutoString(), nullable=False),
    sa.Column('name', sqlmodel.AutoString(), nullable=False),
    sa.Column('zone', sqlmodel.AutoString(), nullable=False),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_table('track',
    sa.Column('id', sqlmodel.AutoString(), nullable=False),
    sa.Column('meeting_id', sqlmodel.AutoString(), nullable=False),
    sa.Column('meeting_title', sqlmodel.AutoString(), nullable=False),
    sa.Column('meeting_date', sqlmodel.AutoString(), nullable=False),
    sa.Column('classification', sqlmodel.AutoString(), nullable=False),
    sa.Column('seat_id', sqlmodel.AutoString(), nullable=False),
    sa.Column('office_id', sqlmodel.AutoString(), nullable=False),
    sa.Column('office_name', sqlmodel.AutoString(), nullable=False),
    sa.Column('seat_label', sqlmodel.AutoString(), nullable=False),
    sa.Column('person_id', sqlmodel.AutoString(), nullable=True),
    sa.Column('person_name', sqlmodel.AutoString(), nullable=True),
    sa.Column('position', sqlmodel.AutoString(), nullable=True),
    sa.Column('known_by', sqlmodel.AutoString(), nullable=False),
    sa.Column('shared', sa.Boolean(), nullable=False),
    sa.Column('started', sa.Float(), nullable=False),
    sa.Column('heard_until', sa.Float(), nullable=False),
    sa.Column('token', sa.Integer(), nullable=False),
    sa.Column('ended', sa.Boolean(), nullable=False),
    sa.Column('complete', sa.Boolean(), nullable=False),
    sa.PrimaryKeyConstraint('id')
    )
    with op.batch_alter_table('track', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_track_complete'), ['complete'], unique=False)
        batch_op.create_index(batch_op.f('ix_track_meeting_id'), ['meeting_id'], unique=False)

    op.create_table('meeting',
    sa.Column('id', sqlmodel.AutoString(), nullable=False),
    sa.Column('title', sqlmodel.AutoString(), nullable=False),
    sa.Column('state', sqlmodel.AutoString(), nullable=False),
    sa.Column('classification', sqlmodel.AutoString(), nullable=False),
    sa.Column('zone', sqlmodel.AutoString(), nullable=False),
    sa.Column('host_office_id', sqlmodel.AutoString(), nullable=False),
    sa.Column('starts_at', server.db.UtcDateTime(), nullable=False),
    sa.Column('opened_at', server.db.UtcDateTime(), nullable=True),
    sa.Column('ended_at', server.db.UtcDateTime(), nullable=True),
    sa.ForeignKeyConstraint(['host_office_id'], ['office.id'], ),
    sa.PrimaryKeyConstraint('id')
    )
    with op.batch_alter_table('meeting', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_meeting_state'), ['state'], unique=False)

    op.create_table('person',
    sa.Column('id', sqlmodel.AutoString(), nullable=False),
    sa.Column('username', sqlmodel.AutoString(), nullable=False),
    sa.Column('name', sqlmodel.AutoString(), nullable=False),
    sa.Column('position', sqlmodel.AutoString(), nullable=False),
    sa.Column('office_id', sqlmodel.AutoString(), nullable=False),
    sa.Column('role', sqlmodel.AutoString(), nullable=False),
    sa.Column('password_hash', sqlmodel.AutoString(), nullable=False),
    sa.Column('created_at', server.db.UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['office_id'], ['office.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('username')
    )
    op.create_table('meeting_office',
    sa.Column('meeting_id', sqlmodel.AutoString(), nullable=False),
    sa.Column('office_id', sqlmodel.AutoString(), nullable=False),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], ),
    sa.ForeignKeyConstraint(['office_id'], ['office.id'], ),
    sa.PrimaryKeyConstraint('meeting_id', 'office_id')
    )
    with op.batch_alter_table('meeting_office', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_meeting_office_office_id'), ['office_id'], unique=False)

    op.create_table('room_event',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sqlmodel.AutoString(), nullable=False),
    sa.Column('at', server.db.UtcDateTime(), nullable=False),
    sa.Column('type', sqlmodel.AutoString(), nullable=False),
    sa.Column('body', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], ),
    sa.PrimaryKeyConstraint('id')
    )
    with op.batch_alter_table('room_event', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_room_event_meeting_id'), ['meeting_id'], unique=False)

    op.create_table('sign_in',
    sa.Column('id', sqlmodel.AutoString(), nullable=False),
    sa.Column('person_id', sqlmodel.AutoString(), nullable=True),
    sa.Column('guest_id', sqlmodel.AutoString(), nullable=True),
    sa.Column('guest_name', sqlmodel.AutoString(), nullable=True),
    sa.Column('guest_institution', sqlmodel.AutoString(), nullable=True),
    sa.Column('guest_meeting', sqlmodel.AutoString(), nullable=True),
    sa.Column('expires_at', server.db.UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], ),
    sa.PrimaryKeyConstraint('id')
    )
    for statement in fts5.UP:
        op.execute(statement)


def downgrade() -> None:
    for statement in fts5.DOWN:
        op.execute(statement)
    op.drop_table('sign_in')
    with op.batch_alter_table('room_event', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_room_event_meeting_id'))

    op.drop_table('room_event')
    with op.batch_alter_table('meeting_office', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_meeting_office_office_id'))

    op.drop_table('meeting_office')
    op.drop_table('person')
    with op.batch_alter_table('meeting', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_meeting_state'))

    op.drop_table('meeting')
    with op.batch_alter_table('track', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_track_meeting_id'))
        batch_op.drop_index(batch_op.f('ix_track_complete'))

    op.drop_table('track')
    op.drop_table('office')
    with op.batch_alter_table('line', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_line_track_id'))
        batch_op.drop_index('ix_line_meeting_time')

    op.drop_table('line')

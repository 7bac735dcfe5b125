"""Offices number their letters by a template of their own; a number that is taken stays taken."""

from __future__ import annotations

import sqlalchemy as sa
import sqlmodel
from alembic import op

import server.db

revision = '0014'
down_revision = '0013'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('number_scheme',
    sa.Column('office_id', sqlmodel.AutoString(), nullable=False),
    sa.Column('template', sqlmodel.AutoString(), nullable=False),
    sa.Column('classification', sqlmodel.AutoString(), nullable=False),
    sa.Column('unit', sqlmodel.AutoString(), nullable=False),
    sa.Column('office', sqlmodel.AutoString(), nullable=False),
    sa.Column('codes', sa.JSON(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['office_id'], ['office.id'], ),
    sa.PrimaryKeyConstraint('office_id')
    )
    op.create_table('number_counter',
    sa.Column('office_id', sqlmodel.AutoString(), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('last', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['office_id'], ['office.id'], ),
    sa.PrimaryKeyConstraint('office_id', 'year')
    )
    op.create_table('letter_number',
    sa.Column('meeting_id', sqlmodel.AutoString(), nullable=False),
    sa.Column('kind', sqlmodel.AutoString(), nullable=False),
    sa.Column('office_id', sqlmodel.AutoString(), nullable=False),
    sa.Column('number', sqlmodel.AutoString(), nullable=False),
    sa.Column('running', sa.Integer(), nullable=True),
    sa.Column('by_id', sqlmodel.AutoString(), nullable=False),
    sa.Column('by_name', sqlmodel.AutoString(), nullable=False),
    sa.Column('at', server.db.UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], ),
    sa.ForeignKeyConstraint(['office_id'], ['office.id'], ),
    sa.PrimaryKeyConstraint('meeting_id', 'kind'),
    sa.UniqueConstraint('office_id', 'number')
    )


def downgrade() -> None:
    op.drop_table('letter_number')
    op.drop_table('number_counter')
    op.drop_table('number_scheme')

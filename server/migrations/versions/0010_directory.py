"""Offices have a level, a parent and dates; posts are rows with dates; accounts can be disabled and passwords set anew.

Whoever was in an office stays in it under the same title, since when nobody wrote down.
"""

from __future__ import annotations

import sqlalchemy as sa
import sqlmodel
from alembic import op

import server.db

revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None

SINCE = {
    'papuaselatan': '2022-07-25',
    'papuatengah': '2022-07-25',
    'papuapegunungan': '2022-07-25',
    'papuabaratdaya': '2022-12-08',
}


def upgrade() -> None:
    with op.batch_alter_table('office', schema=None) as batch_op:
        batch_op.add_column(sa.Column('level', sqlmodel.AutoString(), nullable=False, server_default='provinsi'))
        batch_op.add_column(sa.Column('kind', sqlmodel.AutoString(), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('parent_id', sqlmodel.AutoString(), nullable=True))
        batch_op.add_column(sa.Column('valid_from', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('valid_until', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('version', sa.Integer(), nullable=False, server_default='1'))
        batch_op.create_index(batch_op.f('ix_office_parent_id'), ['parent_id'], unique=False)
        batch_op.create_foreign_key('fk_office_parent_id', 'office', ['parent_id'], ['id'])
    op.execute("UPDATE office SET level = 'pusat' WHERE id = 'kpuri'")
    op.execute("UPDATE office SET parent_id = 'kpuri' WHERE id <> 'kpuri'")
    for office, day in SINCE.items():
        op.execute(sa.text('UPDATE office SET valid_from = :day WHERE id = :office').bindparams(day=day, office=office))

    op.create_table('position',
    sa.Column('id', sqlmodel.AutoString(), nullable=False),
    sa.Column('person_id', sqlmodel.AutoString(), nullable=False),
    sa.Column('office_id', sqlmodel.AutoString(), nullable=False),
    sa.Column('title', sqlmodel.AutoString(), nullable=False),
    sa.Column('kind', sqlmodel.AutoString(), nullable=False, server_default='definitif'),
    sa.Column('valid_from', sa.Date(), nullable=True),
    sa.Column('valid_until', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['office_id'], ['office.id'], ),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], ),
    sa.PrimaryKeyConstraint('id')
    )
    with op.batch_alter_table('position', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_position_office_id'), ['office_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_position_person_id'), ['person_id'], unique=False)
    op.execute(
        "INSERT INTO position (id, person_id, office_id, title, kind) "
        "SELECT id, id, office_id, position, 'definitif' FROM person"
    )
    op.create_table('password_reset',
    sa.Column('person_id', sqlmodel.AutoString(), nullable=False),
    sa.Column('token_hash', sqlmodel.AutoString(), nullable=False),
    sa.Column('expires_at', server.db.UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], ),
    sa.PrimaryKeyConstraint('person_id'),
    sa.UniqueConstraint('token_hash')
    )
    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.add_column(sa.Column('disabled', sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column('version', sa.Integer(), nullable=False, server_default='1'))
        batch_op.drop_column('position')
        batch_op.drop_column('office_id')


def downgrade() -> None:
    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.add_column(sa.Column('position', sqlmodel.AutoString(), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('office_id', sqlmodel.AutoString(), nullable=False, server_default='kpuri'))
        batch_op.create_foreign_key('fk_person_office_id', 'office', ['office_id'], ['id'])
        batch_op.drop_column('version')
        batch_op.drop_column('disabled')
    latest = (
        'SELECT {} FROM position WHERE person_id = person.id '
        'ORDER BY coalesce(valid_until, \'9999-12-31\') DESC, coalesce(valid_from, \'0001-01-01\') DESC LIMIT 1'
    )
    for column, kept in (('position', 'title'), ('office_id', 'office_id')):
        op.execute(f'UPDATE person SET {column} = coalesce(({latest.format(kept)}), {column})')
    op.drop_table('password_reset')
    with op.batch_alter_table('position', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_position_person_id'))
        batch_op.drop_index(batch_op.f('ix_position_office_id'))
    op.drop_table('position')
    with op.batch_alter_table('office', schema=None) as batch_op:
        batch_op.drop_constraint('fk_office_parent_id', type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_office_parent_id'))
        for column in ('version', 'valid_until', 'valid_from', 'parent_id', 'kind', 'level'):
            batch_op.drop_column(column)

"""What meetings left to be done, office by office, with evidence and history; people may have an e-mail address."""

from __future__ import annotations

import sqlalchemy as sa
import sqlmodel
from alembic import op

import server.db

revision = '0013'
down_revision = '0012'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.add_column(sa.Column('email', sqlmodel.AutoString(), nullable=False, server_default=''))
    op.create_table('follow_up',
    sa.Column('id', sqlmodel.AutoString(), nullable=False),
    sa.Column('meeting_id', sqlmodel.AutoString(), nullable=False),
    sa.Column('statement_id', sqlmodel.AutoString(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('text', sqlmodel.AutoString(), nullable=False),
    sa.Column('category', sqlmodel.AutoString(), nullable=False),
    sa.Column('priority', sqlmodel.AutoString(), nullable=False),
    sa.Column('due', sa.Date(), nullable=True),
    sa.Column('owners', sa.JSON(), nullable=False),
    sa.Column('related', sa.JSON(), nullable=False),
    sa.Column('source', sa.JSON(), nullable=False),
    sa.Column('cites', sa.JSON(), nullable=False),
    sa.Column('restricted', sa.Boolean(), nullable=False),
    sa.Column('withdrawn', sa.Boolean(), nullable=False),
    sa.Column('taken_at', server.db.UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('meeting_id', 'statement_id', name='uq_follow_up_statement')
    )
    op.create_index(op.f('ix_follow_up_meeting_id'), 'follow_up', ['meeting_id'], unique=False)
    op.create_table('follow_up_item',
    sa.Column('id', sqlmodel.AutoString(), nullable=False),
    sa.Column('follow_up_id', sqlmodel.AutoString(), nullable=False),
    sa.Column('office_id', sqlmodel.AutoString(), nullable=False),
    sa.Column('status', sqlmodel.AutoString(), nullable=False),
    sa.Column('percent', sa.Integer(), nullable=False),
    sa.Column('remark', sqlmodel.AutoString(), nullable=False),
    sa.Column('reported_by', sqlmodel.AutoString(), nullable=True),
    sa.Column('done_at', server.db.UtcDateTime(), nullable=True),
    sa.Column('verified_by', sqlmodel.AutoString(), nullable=False),
    sa.Column('verified_at', server.db.UtcDateTime(), nullable=True),
    sa.Column('withdrawn', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['follow_up_id'], ['follow_up.id'], ),
    sa.ForeignKeyConstraint(['office_id'], ['office.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('follow_up_id', 'office_id', name='uq_follow_up_item_office')
    )
    op.create_index(op.f('ix_follow_up_item_follow_up_id'), 'follow_up_item', ['follow_up_id'], unique=False)
    op.create_index(op.f('ix_follow_up_item_office_id'), 'follow_up_item', ['office_id'], unique=False)
    op.create_table('follow_up_change',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('item_id', sqlmodel.AutoString(), nullable=False),
    sa.Column('kind', sqlmodel.AutoString(), nullable=False),
    sa.Column('text', sqlmodel.AutoString(), nullable=False),
    sa.Column('before', sa.JSON(), nullable=False),
    sa.Column('after', sa.JSON(), nullable=False),
    sa.Column('by_id', sqlmodel.AutoString(), nullable=False),
    sa.Column('by_name', sqlmodel.AutoString(), nullable=False),
    sa.Column('by_position', sqlmodel.AutoString(), nullable=False),
    sa.Column('by_office', sqlmodel.AutoString(), nullable=False),
    sa.Column('at', server.db.UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['item_id'], ['follow_up_item.id'], ),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index(op.f('ix_follow_up_change_item_id'), 'follow_up_change', ['item_id'], unique=False)
    op.create_table('follow_up_evidence',
    sa.Column('id', sqlmodel.AutoString(), nullable=False),
    sa.Column('item_id', sqlmodel.AutoString(), nullable=False),
    sa.Column('name', sqlmodel.AutoString(), nullable=False),
    sa.Column('url', sqlmodel.AutoString(), nullable=False),
    sa.Column('kind', sqlmodel.AutoString(), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('sha256', sqlmodel.AutoString(), nullable=False),
    sa.Column('removed', sa.Boolean(), nullable=False),
    sa.Column('by_name', sqlmodel.AutoString(), nullable=False),
    sa.Column('at', server.db.UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['item_id'], ['follow_up_item.id'], ),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index(op.f('ix_follow_up_evidence_item_id'), 'follow_up_evidence', ['item_id'], unique=False)
    op.create_table('follow_up_reminder',
    sa.Column('item_id', sqlmodel.AutoString(), nullable=False),
    sa.Column('person_id', sqlmodel.AutoString(), nullable=False),
    sa.Column('occasion', sqlmodel.AutoString(), nullable=False),
    sa.Column('state', sqlmodel.AutoString(), nullable=False),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('again_at', server.db.UtcDateTime(), nullable=True),
    sa.Column('at', server.db.UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['item_id'], ['follow_up_item.id'], ),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], ),
    sa.PrimaryKeyConstraint('item_id', 'person_id', 'occasion')
    )


def downgrade() -> None:
    for table in ('reminder', 'evidence', 'change', 'item'):
        op.drop_table(f'follow_up_{table}')
    op.drop_table('follow_up')
    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.drop_column('email')

"""Lines are edited by hand, and what was done with them is kept. Those of before are as a machine left them."""

from __future__ import annotations

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('line', sa.Column('version', sa.Integer(), nullable=False, server_default='1'))
    op.add_column('line', sa.Column('edited', sa.Boolean(), nullable=False, server_default='0'))
    op.create_table('edit',
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sqlmodel.AutoString(), nullable=False),
    sa.Column('id', sqlmodel.AutoString(), nullable=False),
    sa.Column('kind', sqlmodel.AutoString(), nullable=False),
    sa.Column('asked', sa.JSON(), nullable=False),
    sa.Column('by_id', sqlmodel.AutoString(), nullable=False),
    sa.Column('by_name', sqlmodel.AutoString(), nullable=False),
    sa.Column('by_position', sqlmodel.AutoString(), nullable=False),
    sa.Column('at', sa.Float(), nullable=False),
    sa.Column('change', sa.Integer(), nullable=False),
    sa.Column('left', sa.JSON(), nullable=False),
    sa.PrimaryKeyConstraint('number'),
    sa.UniqueConstraint('meeting_id', 'id')
    )
    op.create_table('line_edit',
    sa.Column('edit', sa.Integer(), nullable=False),
    sa.Column('line_id', sqlmodel.AutoString(), nullable=False),
    sa.Column('before', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('after', sa.JSON(none_as_null=True), nullable=True),
    sa.ForeignKeyConstraint(['edit'], ['edit.number'], ),
    sa.PrimaryKeyConstraint('edit', 'line_id')
    )
    with op.batch_alter_table('line_edit', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_line_edit_line_id'), ['line_id'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('line_edit', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_line_edit_line_id'))
    op.drop_table('line_edit')
    op.drop_table('edit')
    op.drop_column('line', 'edited')
    op.drop_column('line', 'version')

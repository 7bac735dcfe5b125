"""Lines say which regulations they name."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('line', sa.Column('citations', sa.JSON(), nullable=False, server_default='[]'))


def downgrade() -> None:
    op.drop_column('line', 'citations')

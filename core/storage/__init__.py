"""The only place that knows SQLAlchemy: tables, repositories, unit of work, migrations."""

"""Runs the SQL statements of a JSON array on stdin in a SQLite file, in one transaction: python runSql.py FILE"""

import json
import sqlite3
import sys

with sqlite3.connect(sys.argv[1], timeout=60) as connection:
    for statement in json.load(sys.stdin):
        connection.execute(statement)

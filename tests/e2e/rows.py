"""Many notes on their way from one: an opportunity copied row by row inside the database, for tests and measurements.

Knows only that tables have a column `opportunity` (the table of that name: `id`), that a Message-ID is there once, and that
the index of texts is made from the table `passage`.
"""
import sqlite3


def copy_opportunity(path, copies, send_at):
    """Copies opportunity 1 under the numbers 2, 3, …; send_at(number) gives the time its notes leave (Unix seconds)."""
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA foreign_keys = off")
    tables = [name for name, in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")]
    with connection:
        for table in tables:
            columns = [row[1] for row in connection.execute("PRAGMA table_info(%s)" % table)]
            key = "id" if table == "opportunity" else "opportunity"
            if table != "opportunity" and key not in columns:
                continue
            if table == "passage":
                columns.remove("id")  # given anew
            for number in range(2, copies + 2):
                new = {key: str(number)}
                if table == "outbox":
                    new.update(send_at=str(send_at(number)), message_id="'<copy-%d.' || substr(message_id, 2)" % number)
                connection.execute("INSERT INTO %s (%s) SELECT %s FROM %s WHERE %s = 1" % (
                    table, ", ".join(columns), ", ".join(new.get(column, column) for column in columns), table, key))
        connection.execute("UPDATE account SET last_opportunity = ?", (copies + 1,))
        connection.execute("INSERT INTO passage_index (passage_index) VALUES ('rebuild')")
    connection.close()

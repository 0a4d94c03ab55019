"""Many notes on their way from one: an opportunity copied inside the database, for tests and measurements.

Knows only that tables have a column `opportunity` (the table of that name: `id`), that a Message-ID is there once, and that
the index of texts is made from the table `passage`.
"""
import sqlite3


def copy_opportunity(path, copies, send_at):
    """Copies opportunity 1 under the numbers 2, 3, …; send_at(number) gives the time its notes leave (Unix seconds)."""
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA foreign_keys = off")
    connection.create_function("leaves_at", 1, send_at)
    tables = [name for name, in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")]
    with connection:
        for table in tables:
            columns = [row[1] for row in connection.execute("PRAGMA table_info(%s)" % table)]
            key = "id" if table == "opportunity" else "opportunity"
            if table != "opportunity" and key not in columns:
                continue
            if table == "passage":
                columns.remove("id")  # given anew
            new = {key: "copy.number"}
            if table == "outbox":
                new.update(send_at="leaves_at(copy.number)", message_id="'<copy-' || copy.number || '.' || substr(t.message_id, 2)")
            connection.execute("WITH RECURSIVE copy (number) AS (SELECT 2 UNION ALL SELECT number + 1 FROM copy WHERE number <= %d) "
                               "INSERT INTO %s (%s) SELECT %s FROM copy JOIN %s t ON t.%s = 1" % (
                                   copies, table, ", ".join(columns), ", ".join(new.get(column, "t." + column) for column in columns), table, key))
        connection.execute("UPDATE account SET last_opportunity = ?", (copies + 1,))
        connection.execute("INSERT INTO passage_index (passage_index) VALUES ('rebuild')")
    connection.close()

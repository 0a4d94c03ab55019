/* row.c - reading and writing fields by a shape.
 */
#include "row.h"

#include <base/text.h>
#include <string.h>

enum { SHOWN_BYTES = 300 }; /* of what a damaged file says */

bool row_damaged(const Sql *sql, GError **error, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	g_autofree char *what = g_strdup_vprintf(format, args), *shown = text_to_show(what, SHOWN_BYTES);
	va_end(args);
	return base_error_set(
		error, BASE_ERROR_INTERNAL, NULL, "%s is damaged: %s; put a backup in its place.", sql_get_name(sql), shown);
}

RowReader row_reader(Sql *sql, SqlQuery *query, const RowShape *shape)
{
	RowReader reader = {.sql = sql, .query = query, .shape = shape};
	g_assert(shape->count <= ROW_FIELDS_MAX);
	for (int i = 0; i < shape->count; i++)
		reader.at[i] = sql_column(query, shape->fields[i].column);
	return reader;
}

static bool read_lines(const char *text, GPtrArray *lines)
{
	while (*text != '\0') {
		size_t length = strcspn(text, "\n");
		g_ptr_array_add(lines, g_strndup(text, length));
		text += length + (text[length] == '\n');
	}
	return true;
}

static bool read_days(const char *text, GArray *days)
{
	while (*text != '\0') {
		char one[DAY_TEXT_BYTES];
		size_t length = strcspn(text, "\n");
		Day day;
		g_strlcpy(one, text, MIN(length + 1, sizeof one));
		if (length >= sizeof one || !day_parse(one, &day))
			return false;
		g_array_append_val(days, day);
		text += length + (text[length] == '\n');
	}
	return true;
}

/* What is not null, as text. */
static bool read_text(const RowField *field, const char *text, size_t length, void *place)
{
	if (!g_utf8_validate_len(text, length, NULL))
		return false;
	switch (field->kind) {
	case ROW_TEXT:
		*(char **)place = g_strndup(text, length);
		return true;
	case ROW_WORD:
		*(int *)place = word_find(field->set, text);
		return *(int *)place != WORD_NONE;
	case ROW_WORD_OR_EMPTY:
		*(int *)place = word_find(field->set, text);
		return *(int *)place != WORD_NONE || length == 0;
	case ROW_STATE:
		*(int *)place = field->state_find(text);
		return *(int *)place != WORD_NONE;
	case ROW_DAY:
		return day_parse(text, place);
	case ROW_LINES:
		return read_lines(text, *(GPtrArray **)place);
	case ROW_DAYS:
		return read_days(text, *(GArray **)place);
	default:
		g_assert_not_reached();
	}
}

static bool is_number(RowKind kind)
{
	return kind == ROW_INT || kind == ROW_INDEX || kind == ROW_WEEKS || kind == ROW_INT64 || kind == ROW_TIME;
}

static bool read_number(const RowField *field, int64_t value, void *place)
{
	if (field->kind == ROW_INT64 || field->kind == ROW_TIME) {
		*(int64_t *)place = value;
		return true;
	}
	if (value < 0 || value > INT_MAX)
		return false;
	*(int *)place = (int)value;
	return true;
}

static void read_none(RowKind kind, void *place)
{
	switch (kind) {
	case ROW_TEXT:
		*(char **)place = NULL;
		break;
	case ROW_WORD:
	case ROW_WORD_OR_EMPTY:
	case ROW_STATE:
	case ROW_INDEX:
		*(int *)place = -1;
		break;
	case ROW_INT:
	case ROW_WEEKS:
		*(int *)place = 0;
		break;
	case ROW_INT64:
	case ROW_TIME:
		*(int64_t *)place = TIME_NONE;
		break;
	case ROW_DAY:
		*(Day *)place = DAY_NONE;
		break;
	case ROW_LINES:
	case ROW_DAYS:
		break;
	}
}

bool row_read(const RowReader *reader, void *data, GError **error)
{
	for (int i = 0; i < reader->shape->count; i++) {
		const RowField *field = &reader->shape->fields[i];
		void *place = (char *)data + field->offset;
		bool good = true;
		if (sql_is_null(reader->query, reader->at[i])) {
			read_none(field->kind, place);
		} else if (is_number(field->kind)) {
			good = read_number(field, sql_int(reader->query, reader->at[i]), place);
		} else {
			size_t length;
			const char *text = sql_text(reader->query, reader->at[i], &length);
			good = read_text(field, text, length, place);
		}
		if (!good)
			return row_damaged(
				reader->sql, error, "the %s of one %s cannot be read", field->column, reader->shape->what);
	}
	return true;
}

bool row_read_all(const RowReader *reader, size_t size, GPtrArray *rows, GError **error)
{
	SqlStep step;
	while ((step = sql_step(reader->query, error)) == SQL_ROW) {
		void *row = g_malloc0(size);
		g_ptr_array_add(rows, row);
		if (!row_read(reader, row, error)) {
			sql_end(reader->query);
			return false;
		}
	}
	return step == SQL_DONE;
}

const char *row_state_word(const char *const *words, int count, int state)
{
	return state >= 0 && state < count ? words[state] : NULL;
}

int row_state_find(const char *const *words, int count, const char *word)
{
	for (int i = 0; word != NULL && i < count; i++)
		if (g_str_equal(words[i], word))
			return i;
	return WORD_NONE;
}

static SqlQuery *bind_lines(SqlQuery *query, int number, const GPtrArray *lines)
{
	if (lines->len == 0)
		return sql_bind_null(query, number);
	g_autoptr(GString) text = g_string_new(NULL);
	for (guint i = 0; i < lines->len; i++)
		g_string_append_printf(text, "%s\n", (const char *)g_ptr_array_index(lines, i));
	return sql_bind_text(query, number, text->str);
}

static SqlQuery *bind_days(SqlQuery *query, int number, const GArray *days)
{
	if (days->len == 0)
		return sql_bind_null(query, number);
	g_autoptr(GString) text = g_string_new(NULL);
	for (guint i = 0; i < days->len; i++) {
		char one[DAY_TEXT_BYTES];
		g_string_append_printf(text, "%s\n", day_format(g_array_index(days, Day, i), one));
	}
	return sql_bind_text(query, number, text->str);
}

static SqlQuery *bind_unless(SqlQuery *query, int number, int64_t value, int64_t none)
{
	return value == none ? sql_bind_null(query, number) : sql_bind_int(query, number, value);
}

SqlQuery *row_bind_time(SqlQuery *query, int number, int64_t at)
{
	return bind_unless(query, number, at, TIME_NONE);
}

static SqlQuery *bind_field(SqlQuery *query, int number, const RowField *field, const void *place)
{
	char day[DAY_TEXT_BYTES];
	switch (field->kind) {
	case ROW_TEXT:
		return sql_bind_text(query, number, *(char *const *)place);
	case ROW_WORD:
		return sql_bind_text(query, number, word_text(field->set, *(const int *)place));
	case ROW_WORD_OR_EMPTY:
		if (*(const int *)place == WORD_NONE)
			return sql_bind_text(query, number, "");
		return sql_bind_text(query, number, word_text(field->set, *(const int *)place));
	case ROW_STATE:
		return sql_bind_text(query, number, field->state_word(*(const int *)place));
	case ROW_INT:
		return sql_bind_int(query, number, *(const int *)place);
	case ROW_INDEX:
		return bind_unless(query, number, *(const int *)place, -1);
	case ROW_WEEKS:
		return bind_unless(query, number, *(const int *)place, 0);
	case ROW_INT64:
		return sql_bind_int(query, number, *(const int64_t *)place);
	case ROW_TIME:
		return bind_unless(query, number, *(const int64_t *)place, TIME_NONE);
	case ROW_DAY:
		if (*(const Day *)place == DAY_NONE)
			return sql_bind_null(query, number);
		return sql_bind_text(query, number, day_format(*(const Day *)place, day));
	case ROW_LINES:
		return bind_lines(query, number, *(GPtrArray *const *)place);
	case ROW_DAYS:
		return bind_days(query, number, *(GArray *const *)place);
	}
	g_assert_not_reached();
}

SqlQuery *row_bind(SqlQuery *query, int first, const RowShape *shape, const void *data)
{
	for (int i = 0; i < shape->count; i++)
		bind_field(query, first + i, &shape->fields[i], (const char *)data + shape->fields[i].offset);
	return query;
}

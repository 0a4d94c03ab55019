/* import-name.c - what somebody of another program's file is called, and where they are reached.
 */
#include "import-job.h"
#include "intake.h"

#include <base/limits.h>
#include <base/text.h>
#include <string.h>

/* An address that mail can go to and facts may hold. */
const char *import_fit_address(const char *email)
{
	const char *at = email == NULL ? NULL : strchr(email, '@');
	if (at == NULL || at == email || at[1] == '\0' || strchr(at + 1, '@') != NULL || strlen(email) > LIMIT_NAME_BYTES)
		return NULL;
	bool dots =
		at[1] == '.' || at[-1] == '.' || email[0] == '.' || g_str_has_suffix(email, ".") || strstr(email, "..") != NULL;
	return dots || strpbrk(email, " ()<>[]\\,;:\"") != NULL ? NULL : email;
}

/* "Huck Finn" of "huck.finn@globex.example"; of "hfinn" nothing better than "Hfinn". */
static char *name_of_address(const char *email)
{
	g_autofree char *local = g_strndup(email, strcspn(email, "@+"));
	GString *name = g_string_new(NULL);
	g_auto(GStrv) words = g_strsplit_set(local, "._-", -1);
	for (char **word = words; *word != NULL; word++) {
		if ((*word)[0] == '\0' || g_ascii_isdigit((*word)[0]))
			continue;
		g_string_append_printf(name, "%s%c%s", name->len == 0 ? "" : " ", g_ascii_toupper((*word)[0]), *word + 1);
	}
	return g_string_free(name, name->len == 0);
}

char *import_name_of(const ItemPerson *person)
{
	if (person->name != NULL && strchr(person->name, '@') == NULL)
		return g_strdup(person->name);
	const char *email = import_fit_address(person->email);
	return email == NULL ? g_strdup(person->name) : name_of_address(email);
}

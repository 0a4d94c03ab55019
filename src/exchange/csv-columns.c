/* csv-columns.c - the names that columns bear, and what they mean.
 *
 * A name is folded to plain words; those that say of which of several (work, home, 2) are taken out first, so that
 * "Work Phone 2", "Telefon geschäftlich" and "Phone 1 - Value" are found as "phone" and "telefon".
 */
#include "csv-columns.h"

#include "csv-text.h"

#include <string.h>

/* Within one column the first listed is the surest. */
static const struct {
	Column column;
	const char *names; /* a bar between */
} ALIASES[] = {
	{COLUMN_COMPANY,
	 "company|company name|employer|employer name|organization|organisation|organization name|organisation "
	 "name|organization 1 name|firm|firma|firmenname|unternehmen|arbeitgeber|entreprise|societe|nom de l "
	 "entreprise|nom entreprise|employeur|empresa|compania|nombre de la empresa|azienda|bedrijf|company "
	 "applied to|hiring company|startup|account name|hiring organization"},
	{COLUMN_POSITION,
	 "position|position title|job position|job role|role title|position name|role|positions|role "
	 "position|position role|role title|job|stelle|stellenbezeichnung|stellentitel|position "
	 "stelle|jobtitel|poste|intitule du poste|intitule|puesto|cargo|vacante|posizione|functie|vacancy|opening|"
	 "job name|posting title|job opening|position applied for|position applied|applied position|rolle"},
	{COLUMN_JOB_TITLE,
	 "job title|jobtitle|title of job|berufsbezeichnung|arbeitstitel|organization title|organization "
	 "job title|occupation|funktion|fonction|titre du poste|puesto de trabajo|titulo del puesto|designation"},
	{COLUMN_TITLE, "title|titel|titre|titulo"},
	{COLUMN_SUBJECT, "subject|email subject|betreff|objet|asunto"},
	{COLUMN_STATUS,
	 "status|application status|job status|current status|stage|current stage|application stage|list|list "
	 "name|board list|state|outcome|result|response|bewerbungsstatus|stand|statut|etat|etat de la "
	 "candidature|statut de la candidature|estado|estado de la solicitud|estado de la postulacion|etapa|estatus|"
	 "stato|phase|progress|column|pipeline stage|status of application|response status|latest status|"
	 "ergebnis|application outcome|situation"},
	{COLUMN_APPLIED,
	 "date applied|applied date|application date|applied on|date of application|applied at|submitted "
	 "on|date submitted|submission date|submitted date|submitted|applied|bewerbungsdatum|beworben am|bewerbung "
	 "am|datum der bewerbung|date de candidature|date candidature|date d envoi|date denvoi|date de "
	 "postulation|postule le|fecha de "
	 "solicitud|fecha de aplicacion|fecha de postulacion|fecha aplicacion|fecha solicitud|data candidatura|"
	 "application submitted|application submission date|date sent|sent date|date|datum|fecha|data|"
	 "application date time|datum bewerbung|beworben|day applied|when applied|applied time"},
	{COLUMN_SAVED,
	 "date saved|saved date|date added|added|date created|created|created at|created on|added on|saved "
	 "at|date bookmarked|posted date|date posted|posted|erstellt|hinzugefugt|date d ajout|fecha de creacion"},
	{COLUMN_DEADLINE,
	 "deadline|application deadline|closing date|due date|closes|bewerbungsfrist|frist|date limite|fecha "
	 "limite"},
	{COLUMN_INTERVIEWED,
	 "interview date|date of interview|interview|interview on|interview at|interview time|interview date "
	 "time|next interview|first interview|date interview|interview scheduled|vorstellungsgesprach|gesprach am|"
	 "datum vorstellungsgesprach|interviewtermin|gesprachstermin|date d entretien|date dentretien|date "
	 "entretien|entretien|fecha de "
	 "entrevista|fecha entrevista|entrevista|interview 1|1st interview|interview datetime"},
	{COLUMN_FOLLOW_UP,
	 "follow up date|follow up|followup|followup date|follow up on|next follow up|follow up by|next step "
	 "date|nachfassen|nachfassen am|wiedervorlage|relance|date de relance|seguimiento|fecha de "
	 "seguimiento|next action date|reminder|follow up at"},
	{COLUMN_JOB_URL,
	 "job url|job link|job posting|job posting url|job posting link|posting url|posting link|link to "
	 "job|application url|application link|apply link|listing|job ad|job description url|job description "
	 "link|listing url|stellenlink|stellenanzeige|lien de l offre|lien offre|lien|enlace|link|links|job page|"
	 "posting|apply url|job listing|url de la oferta|job post url|job post"},
	{COLUMN_URL,
	 "url|web page|website|web page 1|website home page|website profile|profile url|homepage|site web|webseite|"
	 "internetseite|pagina web|sitio web"},
	{COLUMN_SALARY,
	 "salary|max salary|min salary|salary range|compensation|pay|gehalt|salaire|salario|excitement|salary "
	 "expectation|rate|job type|employment type|job source|work mode|resume version|cover letter"},
	{COLUMN_PLACE,
	 "location|job location|city state|office|ort|standort|arbeitsort|lieu|localisation|ubicacion|lugar|remote|"
	 "place|location remote|localidad|luogo"},
	{COLUMN_NOTES,
	 "notes|note|comments|comment|remarks|notizen|notiz|bemerkung|bemerkungen|anmerkungen|kommentar|commentaire|"
	 "commentaires|remarques|notas|comentarios|observaciones|details|additional notes|memo|annotazioni"},
	{COLUMN_CONTACT,
	 "contact|contact person|contact name|recruiter|recruiter name|hiring manager|hiring manager "
	 "name|interviewer|interviewers|interviewer name|point of contact|contacts|poc|hr "
	 "contact|ansprechpartner|ansprechpartnerin|kontakt|kontaktperson|personne a "
	 "contacter|interlocuteur|contacto|persona de contacto|reclutador|company contact|recruiter contact"},
	{COLUMN_CONTACT_EMAIL,
	 "contact email|recruiter email|contact e mail|email of contact|contact email address|hiring "
	 "manager email|interviewer email|kontakt email|e mail ansprechpartner|kontakt e mail|email du "
	 "contact|correo de contacto|hr email"},
	{COLUMN_CONTACT_PHONE, "contact phone|contact phone number|recruiter phone|contact number|kontakt "
						   "telefon|telefono de contacto|hiring manager phone"},
	{COLUMN_CONTACT_TITLE, "contact title|contact role|recruiter title|contact job title|contact position"},
	{COLUMN_CONTACT_LINKEDIN, "contact linkedin|recruiter linkedin|hiring manager linkedin|contact profile"},
	{COLUMN_NAME, "name|full name|nombre completo|nom complet|vollstandiger name|fullname|person|nome"},
	{COLUMN_DISPLAY_NAME,
	 "display name|file as|e mail display name|email display name|anzeigename|nom a afficher|nombre "
	 "para mostrar|screen name"},
	{COLUMN_FIRST, "first name|given name|firstname|forename|vorname|prenom|nombre|nombre de pila|voornaam"},
	{COLUMN_MIDDLE,
	 "middle name|additional name|weitere vornamen|zweiter vorname|deuxieme prenom|segundo nombre|middle|"
	 "middlename"},
	{COLUMN_LAST, "last name|family name|surname|lastname|nachname|familienname|nom|nom de famille|apellido|apellidos|"
				  "achternaam|cognome"},
	{COLUMN_SUFFIX, "suffix|name suffix|suffixe|namenszusatz"},
	{COLUMN_NICK, "nickname|nick|spitzname|surnom"},
	{COLUMN_EMAIL,
	 "e mail address|email address|e mail|email|mail|emails|e mail adresse|email adresse|mailadresse|adresse e "
	 "mail|adresse email|adresse de messagerie|adresse mail|courriel|correo|correo electronico|direccion de "
	 "correo electronico|direccion de correo|posta elettronica|secondary email|sekundare e mail adresse|mail "
	 "address|e mail value|primare e mail adresse"},
	{COLUMN_PHONE,
	 "phone|phone number|telephone|telephone number|phone value|tel|telefon|telefonnummer|rufnummer|telefono|"
	 "numero de telephone|cell|cell phone|cellphone|mobiltelefon|handy|mobilnummer|mobil tel nr|telephone "
	 "mobile|mobile number|tel nr|phones|mobil|portable|movil|company main phone|celular"},
	{COLUMN_LINKEDIN, "linkedin|linkedin url|linkedin profile|profil linkedin|linkedin profil|linked in"},
	{COLUMN_ROLE, "relationship|relation|contact type"},
	{COLUMN_CONNECTED, "connected on"},
	{COLUMN_RESUME, "resume name|question and answers"},
	{COLUMN_ADDRESS,
	 "address formatted|postal address|mailing address|anschrift|adresse|adresse postale|direccion|address "
	 "value|full address"},
	{COLUMN_STREET, "street|address street|street address|address|strasse|rue|calle|street 1|address line"},
	{COLUMN_STREET_2, "street 2|address line 2|address extended address|strasse 2|rue 2|address 2"},
	{COLUMN_CITY, "city|address city|town|stadt|wohnort|ville|ciudad"},
	{COLUMN_REGION, "region|address region|province|bundesland|provincia|county"},
	{COLUMN_ZIP,
	 "zip|zip code|zipcode|postal code|postcode|address postal code|plz|postleitzahl|code postal|codigo postal"},
	{COLUMN_COUNTRY, "country|address country|country region|land|land region|pays|pays region|pais"},
};

/* Words that say which of several a column is, and nothing else. */
static const struct {
	const char *word;
	ColumnGroup group;
} GROUPS[] = {
	{"work", GROUP_WORK},       {"business", GROUP_WORK},      {"geschaftlich", GROUP_WORK}, {"dienstlich", GROUP_WORK},
	{"bureau", GROUP_WORK},     {"professionnel", GROUP_WORK}, {"trabajo", GROUP_WORK},      {"primary", GROUP_PRIMARY},
	{"mobile", GROUP_MOBILE},   {"home", GROUP_HOME},          {"privat", GROUP_HOME},       {"private", GROUP_HOME},
	{"domicile", GROUP_HOME},   {"personal", GROUP_HOME},      {"particular", GROUP_HOME},   {"personnel", GROUP_HOME},
	{"secondary", GROUP_OTHER}, {"other", GROUP_OTHER},        {"autre", GROUP_OTHER},       {"weitere", GROUP_OTHER},
	{"weiteres", GROUP_OTHER},  {"otro", GROUP_OTHER},
};

static bool find_group(const char *word, ColumnGroup *ret_group)
{
	if (word[strspn(word, "0123456789")] == '\0') {
		*ret_group = strcmp(word, "1") == 0 ? GROUP_NONE : GROUP_OTHER;
		return true;
	}
	for (size_t i = 0; i < G_N_ELEMENTS(GROUPS); i++)
		if (strcmp(GROUPS[i].word, word) == 0) {
			*ret_group = GROUPS[i].group;
			return true;
		}
	return false;
}

/* Takes such words out of a folded name; the last of them that says something counts. */
static char *take_group(const char *folded, ColumnGroup *ret_group)
{
	g_auto(GStrv) words = g_strsplit(folded, " ", -1);
	GString *rest = g_string_new(NULL);
	*ret_group = GROUP_NONE;
	for (char **word = words; *word != NULL; word++) {
		ColumnGroup group = GROUP_NONE;
		if (find_group(*word, &group))
			*ret_group = group == GROUP_NONE ? *ret_group : group;
		else
			g_string_append_printf(rest, "%s%s", rest->len == 0 ? "" : " ", *word);
	}
	return g_string_free(rest, FALSE);
}

/* The place of a name among those of an alias; -1 where it is none. */
static int find_name(const char *names, const char *name)
{
	size_t length = strlen(name);
	int place = 0;
	for (const char *at = names; at != NULL; at = strchr(at, '|'), at = at == NULL ? NULL : at + 1, place++)
		if (strncmp(at, name, length) == 0 && (at[length] == '|' || at[length] == '\0'))
			return place;
	return -1;
}

static Column find_alias(const char *name, int *ret_rank)
{
	for (size_t i = 0; i < G_N_ELEMENTS(ALIASES) && name[0] != '\0'; i++) {
		int place = find_name(ALIASES[i].names, name);
		if (place < 0)
			continue;
		*ret_rank = place;
		return ALIASES[i].column;
	}
	return COLUMN_NONE;
}

/* A name with its own meaning, else one that is left when the words for "which of several" are taken out. */
static void read_heading(const char *cell, Heading *heading)
{
	g_autofree char *folded = csv_text_fold(cell, true);
	*heading = (Heading){.group = GROUP_NONE, .type = -1};
	heading->column = find_alias(folded, &heading->rank);
	if (heading->column != COLUMN_NONE)
		return;
	g_autofree char *rest = take_group(folded, &heading->group);
	heading->column = find_alias(rest, &heading->rank);
	if (heading->column == COLUMN_NONE && heading->group == GROUP_MOBILE && rest[0] == '\0')
		heading->column = COLUMN_PHONE;
	if (heading->column == COLUMN_STATUS && heading->group != GROUP_NONE)
		heading->column = COLUMN_REGION; /* "Business State" */
	if (g_str_has_suffix(rest, " type") || g_str_has_suffix(rest, " label"))
		heading->column = COLUMN_TYPE;
}

static bool is_people(const Headings *headings)
{
	const bool *has = headings->has;
	bool job = has[COLUMN_APPLIED] || has[COLUMN_POSITION] || has[COLUMN_JOB_URL] || has[COLUMN_DEADLINE];
	if (has[COLUMN_CONNECTED] || has[COLUMN_FIRST] || has[COLUMN_LAST] || has[COLUMN_DISPLAY_NAME])
		return true;
	if (has[COLUMN_STATUS] || job)
		return (has[COLUMN_NAME] || !has[COLUMN_COMPANY]) && has[COLUMN_EMAIL] && !has[COLUMN_APPLIED] &&
			   !has[COLUMN_JOB_URL];
	return has[COLUMN_EMAIL] || has[COLUMN_PHONE] || (has[COLUMN_NAME] && !has[COLUMN_SALARY] && !has[COLUMN_SAVED]);
}

/* What a name means that means one thing of a job and another of a person. */
static void settle(Headings *headings)
{
	bool people = headings->kind == SHEET_PEOPLE, *has = headings->has;
	Column company = !has[COLUMN_COMPANY]                                                    ? COLUMN_COMPANY
					 : !has[COLUMN_POSITION] && !has[COLUMN_JOB_TITLE] && !has[COLUMN_TITLE] ? COLUMN_POSITION
																							 : COLUMN_CONTACT;
	for (guint i = 0; i < headings->headings->len; i++) {
		Heading *heading = &g_array_index(headings->headings, Heading, i);
		Column *column = &heading->column;
		if (people && (*column == COLUMN_POSITION || *column == COLUMN_JOB_TITLE))
			*column = COLUMN_TITLE;
		else if (people && *column == COLUMN_TITLE && (has[COLUMN_JOB_TITLE] || has[COLUMN_POSITION]))
			*column = COLUMN_NONE; /* "Dr." */
		else if (people && *column == COLUMN_STATUS)
			*column = COLUMN_REGION;
		else if (!people && (*column == COLUMN_JOB_TITLE || *column == COLUMN_TITLE))
			*column = COLUMN_POSITION;
		else if (!people && *column == COLUMN_URL)
			*column = COLUMN_JOB_URL;
		else if (!people && *column == COLUMN_NAME)
			*column = company;
		else if (!people && (*column == COLUMN_EMAIL || *column == COLUMN_PHONE || *column == COLUMN_LINKEDIN))
			*column = *column == COLUMN_EMAIL   ? COLUMN_CONTACT_EMAIL
					  : *column == COLUMN_PHONE ? COLUMN_CONTACT_PHONE
												: COLUMN_CONTACT_LINKEDIN;
	}
	memset(has, 0, sizeof headings->has);
	for (guint i = 0; i < headings->headings->len; i++)
		has[g_array_index(headings->headings, Heading, i).column] = true;
}

static void clear_heading(void *data)
{
	g_free(((Heading *)data)->name);
}

Headings *headings_new(const CsvCells *cells)
{
	Headings *headings = g_new0(Headings, 1);
	headings->headings = g_array_new(FALSE, FALSE, sizeof(Heading));
	g_array_set_clear_func(headings->headings, clear_heading);
	for (int i = 0; i < csv_cells_count(cells); i++) {
		Heading heading;
		read_heading(csv_cells_get(cells, i), &heading);
		heading.name = g_strdup(csv_cells_get(cells, i));
		if (i > 0 && g_array_index(headings->headings, Heading, i - 1).column == COLUMN_TYPE)
			heading.type = i - 1;
		headings->has[heading.column] = true;
		headings->known += heading.column != COLUMN_NONE;
		g_array_append_val(headings->headings, heading);
	}
	headings->kind = is_people(headings) ? SHEET_PEOPLE : SHEET_JOBS;
	headings->month_first =
		headings->has[COLUMN_RESUME] || (headings->has[COLUMN_SAVED] && headings->known == 4 &&
										 headings->has[COLUMN_JOB_URL] && csv_cells_count(cells) == 4);
	settle(headings);
	return headings;
}

void headings_free(Headings *headings)
{
	if (headings == NULL)
		return;
	g_array_unref(headings->headings);
	g_free(headings);
}

bool headings_are_good(const Headings *headings)
{
	const bool *has = headings->has;
	bool names = headings->kind == SHEET_PEOPLE ? has[COLUMN_NAME] || has[COLUMN_DISPLAY_NAME] || has[COLUMN_FIRST] ||
													  has[COLUMN_LAST] || has[COLUMN_EMAIL]
												: has[COLUMN_COMPANY];
	int filled = 0;
	for (guint i = 0; i < headings->headings->len; i++)
		filled += g_array_index(headings->headings, Heading, i).name[0] != '\0';
	return names && (headings->known >= 2 || filled == 1);
}

bool headings_are_repeated(const Headings *headings, const CsvCells *cells)
{
	int same = 0, filled = 0;
	for (int i = 0; i < csv_cells_count(cells); i++) {
		const char *cell = csv_cells_get(cells, i);
		filled += cell[0] != '\0';
		same += cell[0] != '\0' && (guint)i < headings->headings->len &&
				g_ascii_strcasecmp(cell, g_array_index(headings->headings, Heading, i).name) == 0;
	}
	return filled > 0 && same == filled;
}

/* "Work", "* Home", "Home Fax" of the type column before; faxes and pagers are no numbers to call. */
static int group_of(const Heading *heading, const CsvCells *cells)
{
	if (heading->type < 0)
		return (int)heading->group;
	g_autofree char *folded = csv_text_fold(csv_cells_get(cells, heading->type), false);
	ColumnGroup group = heading->group;
	if (strstr(folded, "fax") != NULL || strstr(folded, "pager") != NULL)
		return GROUP_COUNT;
	g_autofree char *rest = take_group(folded, &group);
	return group != GROUP_NONE ? (int)group : (int)heading->group;
}

const char *headings_get_of(const Headings *headings, const CsvCells *cells, Column column, ColumnGroup group)
{
	for (guint i = 0; headings->has[column] && i < headings->headings->len; i++) {
		const Heading *heading = &g_array_index(headings->headings, Heading, i);
		if (heading->column == column && csv_cells_get(cells, (int)i)[0] != '\0' &&
			group_of(heading, cells) == (int)group)
			return csv_cells_get(cells, (int)i);
	}
	return "";
}

const char *headings_get(const Headings *headings, const CsvCells *cells, Column column)
{
	const char *best = "";
	int best_rank = INT_MAX;
	for (guint i = 0; headings->has[column] && i < headings->headings->len; i++) {
		const Heading *heading = &g_array_index(headings->headings, Heading, i);
		const char *cell = csv_cells_get(cells, (int)i);
		if (heading->column != column || cell[0] == '\0')
			continue;
		int group = group_of(heading, cells), rank = group * 1000 + heading->rank;
		if (group == GROUP_COUNT || rank >= best_rank)
			continue;
		best = cell;
		best_rank = rank;
	}
	return best;
}

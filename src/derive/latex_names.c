#include "latex_names.h"

#include "base/text.h"

#include <string.h>

enum {
    LETTER = 6, /* points of one, on the average */
    ACCENTED = 0xC0,
    LATIN = 0x100,
    SUBSCRIPT_0 = 0x2080,
    SUBSCRIPT_9 = 0x2089,
    PRIME = 0x2032
};

typedef struct {
    const char *character, *macro;
} macro;

static const macro macros[] = {{"α", "\\alpha"},    {"β", "\\beta"},       {"γ", "\\gamma"},
                               {"δ", "\\delta"},    {"ε", "\\varepsilon"}, {"ϵ", "\\epsilon"},
                               {"ζ", "\\zeta"},     {"η", "\\eta"},        {"θ", "\\theta"},
                               {"ι", "\\iota"},     {"κ", "\\kappa"},      {"λ", "\\lambda"},
                               {"μ", "\\mu"},       {"µ", "\\mu"},         {"ν", "\\nu"},
                               {"ξ", "\\xi"},       {"π", "\\pi"},         {"ρ", "\\rho"},
                               {"ς", "\\varsigma"}, {"σ", "\\sigma"},      {"τ", "\\tau"},
                               {"υ", "\\upsilon"},  {"φ", "\\varphi"},     {"χ", "\\chi"},
                               {"ψ", "\\psi"},      {"ω", "\\omega"},      {"Γ", "\\Gamma"},
                               {"Δ", "\\Delta"},    {"Θ", "\\Theta"},      {"Λ", "\\Lambda"},
                               {"Ξ", "\\Xi"},       {"Π", "\\Pi"},         {"Σ", "\\Sigma"},
                               {"Φ", "\\Phi"},      {"Ψ", "\\Psi"},        {"Ω", "\\Omega"},
                               {"ℓ", "\\ell"},      {"∂", "\\partial"},    {"∇", "\\nabla"},
                               {"∞", "\\infty"},    {"∈", "\\in"},         {"×", "\\times"},
                               {"·", "\\cdot"},     {"⊙", "\\odot"},       {"−", "-"},
                               {"≤", "\\le"},       {"≥", "\\ge"},         {"≠", "\\ne"},
                               {"≈", "\\approx"},   {"←", "\\gets"},       {"→", "\\to"},
                               {"√", "\\surd"},     {"…", "\\ldots"},      {"′", "'"},
                               {"ŷ", "\\hat{y}"},   {"¹", "^1"},           {"²", "^2"},
                               {"³", "^3"},         {"⁰", "^0"},           {"⁴", "^4"},
                               {"⁵", "^5"},         {"⁶", "^6"},           {"⁷", "^7"},
                               {"⁸", "^8"},         {"⁹", "^9"},           {"⁻", "^-"},
                               {"⁽", "^("},         {"⁾", "^)"},           {"ᵀ", "^T"},
                               {"₀", "_0"},         {"₁", "_1"},           {"₂", "_2"},
                               {"₃", "_3"},         {"₄", "_4"},           {"₅", "_5"},
                               {"₆", "_6"},         {"₇", "_7"},           {"₈", "_8"},
                               {"₉", "_9"}};

static const char *find_macro(const char *character) {
    for (size_t i = 0; i < sizeof macros / sizeof *macros; i++)
        if (strncmp(character, macros[i].character, strlen(macros[i].character)) == 0)
            return macros[i].macro;
    return NULL;
}

void latex_write_break(latex *l) {
    buffer_printf(&l->b, "%c%zu%c", LATEX_BREAK, l->points, LATEX_BROKEN);
}

/* --- text, for pdflatex --- */

/* Whether the fonts that LaTeX begins with have it, or a letter and an accent that make it. */
static bool is_composed(unsigned code) {
    return (code >= ACCENTED && code < LATIN && code != 0xD0 && code != 0xD7 && code != 0xDE &&
            code != 0xF0 && code != 0xF7 && code != 0xFE) ||
           code == 0x2013 || code == 0x2014;
}

static const char *escape_of(char c, bool typewriter) {
    if (typewriter && strchr("\\{}_~^<>|`", c))
        return NULL; /* by its number, which its font has and those of others do not */
    switch (c) {
    case '\\':
        return "\\textbackslash{}";
    case '{':
        return "\\{";
    case '}':
        return "\\}";
    case '_':
        return "\\_";
    case '#':
        return "\\#";
    case '$':
        return "\\$";
    case '%':
        return "\\%";
    case '&':
        return "\\&";
    case '~':
        return "\\textasciitilde{}";
    case '^':
        return "\\textasciicircum{}";
    case '<':
        return "\\textless{}";
    case '>':
        return "\\textgreater{}";
    case '|':
        return "\\textbar{}";
    case '`':
        return "{}`{}"; /* neither a quote of two, nor a question mark on its head */
    case '-':
        return "-{}";
    default:
        return NULL;
    }
}

static void write_character(buffer *b, const char *shown) {
    const unsigned code = text_code(shown);
    const char *known = code < 0x80 ? NULL : find_macro(shown);
    if (known)
        buffer_printf(b, "\\ensuremath{%s%s}", *known == '^' || *known == '_' ? "{}" : "", known);
    else if (code < 0x80 || is_composed(code))
        buffer_text(b, shown);
    else
        buffer_printf(b, "\\texttt{u%04x}", code);
}

static void write_escaped(buffer *b, char c, text_use use) {
    const bool typewriter = use != TEXT_WORDS;
    const char *escape = escape_of(c, typewriter);
    if (escape)
        buffer_text(b, escape);
    else if (typewriter && strchr("\\{}_~^<>|`", c))
        buffer_printf(b, "\\symbol{%d}", c);
    else
        buffer_fill(b, c, 1);
}

void latex_write_text(buffer *b, const char *text, text_use use) {
    char shown[TEXT_SHOWN];
    for (size_t left = strlen(text), n; left; text += n, left -= n) {
        n = text_show(text, left, shown);
        for (const char *at = shown; *at; at = text_skip(at, 1))
            if ((unsigned char)*at >= 0x80)
                write_character(b, at);
            else if (*at == '-' && text[1] != '-')
                buffer_text(b, "-");
            else
                write_escaped(b, *at, use);
        if (use == TEXT_NAME && left > 1 && strchr("._(,", *text))
            buffer_text(b, "\\allowbreak{}");
    }
}

/* --- mathematics, for MathJax within Markdown --- */

/* Without a backslash before a sign, and without one that means something in Markdown. */
static const char *replace_of(char c) {
    switch (c) {
    case '_':
        return "\\underline{\\enspace}";
    case '*':
        return "\\ast ";
    case '<':
        return "\\lt ";
    case '>':
        return "\\gt ";
    case '|':
        return "\\vert ";
    case '\\':
        return "\\backslash ";
    case '{':
        return "\\lbrace ";
    case '}':
        return "\\rbrace ";
    case '[':
        return "\\lbrack ";
    case ']':
        return "\\rbrack ";
    case '^':
        return "\\wedge ";
    case '~':
        return "\\sim ";
    case '#':
        return "\\mathtt{u0023}";
    case '$':
        return "\\mathtt{u0024}";
    case '%':
        return "\\mathtt{u0025}";
    case '&':
        return "\\mathtt{u0026}";
    case '`':
        return "\\mathtt{u0060}";
    case '@':
        return "{@}";
    case ':':
        return "{:}";
    default:
        return NULL;
    }
}

/* Signs that would not stand in mathematics as they do in a text. */
static const char *replace_in_name(char c) {
    const char *replaced = replace_of(c);
    if (replaced)
        return replaced;
    return c == ' ' ? "\\ " : c == '-' ? "\\text{-}" : c == '\'' ? "\\text{'}" : NULL;
}

static void write_replaced(latex *l, const char *font, const char *text) {
    const bool is_text = strcmp(font, "\\text") == 0;
    char shown[TEXT_SHOWN];
    for (size_t left = strlen(text), n; left; text += n, left -= n) {
        n = text_show(text, left, shown);
        for (const char *at = shown, *next; *at; at = next) {
            next = text_skip(at, 1);
            const char *replaced = is_text ? replace_of(*at) : replace_in_name(*at);
            if (!replaced)
                buffer_add(&l->b, at, (size_t)(next - at));
            else if (is_text)
                buffer_printf(&l->b, "}%s%s{", replaced, font);
            else
                buffer_text(&l->b, replaced);
        }
    }
}

/* --- both --- */

static void write_letters(latex *l, const char *font, const char *text) {
    if (l->markdown)
        write_replaced(l, font, text);
    else
        latex_write_text(&l->b, text, strcmp(font, "\\texttt") == 0 ? TEXT_CODE : TEXT_WORDS);
    l->points += LETTER * text_count_characters(text, text + strlen(text));
}

static void write_in_font(latex *l, const char *text_font, const char *math_font,
                          const char *text) {
    const char *font = l->markdown ? math_font : text_font;
    buffer_printf(&l->b, "%s{", font);
    write_letters(l, font, text);
    buffer_text(&l->b, "}");
}

void latex_write_code(latex *l, const char *text) {
    write_in_font(l, "\\texttt", "\\mathtt", text);
}

void latex_write_function(latex *l, const char *name) {
    static const char *const own[] = {"exp", "ln",   "log",  "max",  "min",    "sin",    "cos",
                                      "tan", "sinh", "cosh", "tanh", "arcsin", "arccos", "arctan"};
    const size_t length = strlen(name), prime = strlen("′");
    if (length > prime && strcmp(name + length - prime, "′") == 0) {
        char bare[64];
        snprintf(bare, sizeof bare, "%.*s", (int)(length - prime < 63 ? length - prime : 63), name);
        latex_write_function(l, bare);
        buffer_text(&l->b, "'");
        return;
    }
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        if (strcmp(name, own[i]) == 0) {
            buffer_printf(&l->b, "\\%s", name);
            l->points += LETTER * length;
            return;
        }
    write_in_font(l, "\\textrm", "\\mathrm", name);
}

void latex_write_words(latex *l, const char *text) {
    if (!l->split) {
        write_in_font(l, "\\text", "\\text", text);
        return;
    }
    buffer_text(&l->b, "\\text{");
    while (*text) {
        const char *end = strchr(text, ' ');
        const size_t length = end ? (size_t)(end - text) + 1 : strlen(text);
        char word[128];
        size_t bytes = length < sizeof word ? length : sizeof word - 1;
        while (bytes > 1 && !text_begins_character(text[bytes]))
            bytes--;
        memcpy(word, text, bytes);
        word[bytes] = '\0';
        write_letters(l, "\\text", word);
        text += bytes;
        if (*text)
            buffer_printf(&l->b, "%c%zu%c", LATEX_WORD_BREAK, l->points, LATEX_BROKEN);
    }
    buffer_text(&l->b, "}");
}

/* One letter, and what may stand behind it: small digits below, a prime. */
static bool is_letter(const char *text) {
    if ((unsigned char)*text < 0x80) {
        if (!((*text >= 'a' && *text <= 'z') || (*text >= 'A' && *text <= 'Z')))
            return false;
    } else if (!find_macro(text) || find_macro(text)[0] != '\\') {
        return false;
    }
    for (text = text_skip(text, 1); *text; text = text_skip(text, 1)) {
        const unsigned code = text_sequence_length(text, strlen(text)) ? text_code(text) : 0;
        if (code != PRIME && (code < SUBSCRIPT_0 || code > SUBSCRIPT_9))
            return false;
    }
    return true;
}

static void write_letter(latex *l, const char *text) {
    char below[16] = "";
    size_t digits = 0, primes = 0;
    for (const char *at = text_skip(text, 1); *at; at = text_skip(at, 1)) {
        const unsigned code = text_code(at);
        if (code == PRIME)
            primes++;
        else if (digits + 1 < sizeof below)
            below[digits++] = (char)('0' + (int)(code - SUBSCRIPT_0));
    }
    const char *known = find_macro(text);
    buffer_add(&l->b, known ? known : text, known ? strlen(known) : 1);
    if (known && known[0] == '\\' && !l->b.failed && known[strlen(known) - 1] != '}')
        buffer_text(&l->b, digits || primes ? "" : " ");
    buffer_fill(&l->b, '\'', primes);
    if (digits)
        buffer_printf(&l->b, digits > 1 ? "_{%s}" : "_%s", below);
    l->points += (strchr("WM", *text) ? 10 : LETTER) + 4 * (digits + primes);
}

void latex_write_symbol(latex *l, const math *m) {
    const bool letter = *m->text && is_letter(m->text);
    if (m->hat) /* without braces around a letter: Markdown might take an index behind them amiss */
        buffer_text(&l->b, letter ? "\\hat " : "\\widehat{");
    if (letter)
        write_letter(l, m->text);
    else
        write_in_font(l, "\\textit", "\\mathit", m->text);
    buffer_text(&l->b, m->hat && !letter ? "}" : "");
}

#pragma once
#include <libxml/xmlversion.h>
// ICU's headers would meet Foundation's own copy of them in one build, and which of them is seen first would decide whether it succeeds.
// They say nothing but what is inside a character encoding's handler, which nobody here looks into.
#undef LIBXML_ICU_ENABLED
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/tree.h>
#include <libxml/SAX2.h>
#include <libxml/c14n.h>
#include <libxml/xmlerror.h>
#include <libxml/xmlIO.h>
#include <string.h>

// Callbacks and C structures stay on this side: Swift gives bytes and limits, and gets a tree or one failure.

enum ledger_xml_failure {
    LEDGER_XML_OK = 0,
    LEDGER_XML_MALFORMED,
    LEDGER_XML_NOT_NAMESPACE_WELL_FORMED,
    LEDGER_XML_DOCTYPE,
    LEDGER_XML_ENTITY,
    LEDGER_XML_DEPTH,
    LEDGER_XML_ELEMENTS,
    LEDGER_XML_NAME,
    LEDGER_XML_VALUE,
    LEDGER_XML_NAMESPACES,
};

typedef struct {
    // Given: the limits (C2).
    int maximum_depth;
    int maximum_elements;
    size_t maximum_name;
    size_t maximum_value;
    int maximum_namespaces;
    // Found.
    int failure;
    int error_code;
    int error_line;
    int comments;
    int instructions;
    int relative_namespaces;
    // Counted on the way.
    int depth;
    int elements;
    int namespaces;  // declared by the elements that are open
    size_t value;
    int in_cipher_value;
} ledger_xml_state;

static inline ledger_xml_state *ledger_xml_state_of(void *context) {
    return (ledger_xml_state *)((xmlParserCtxtPtr)context)->_private;
}

static inline void ledger_xml_stop(void *context, int failure) {
    ledger_xml_state *state = ledger_xml_state_of(context);
    if (state->failure == LEDGER_XML_OK) state->failure = failure;
    xmlStopParser((xmlParserCtxtPtr)context);
}

// C6: a URI reference without a scheme is relative. One with an ampersand counts as such: libxml2 (2.9) keeps it as a reference, so its
// canonical form would not be that of other implementations.
static inline int ledger_xml_is_absolute(const xmlChar *uri) {
    if (!((uri[0] | 32) >= 'a' && (uri[0] | 32) <= 'z')) return 0;
    for (const xmlChar *c = uri + 1; *c; c++) {
        if (*c == ':') return strchr((const char *)c, '&') == NULL;
        if (!(((*c | 32) >= 'a' && (*c | 32) <= 'z') || (*c >= '0' && *c <= '9') || *c == '+' || *c == '-' || *c == '.'))
            return 0;
    }
    return 0;
}

static inline int ledger_xml_fits(const xmlChar *name, size_t maximum) {
    return name == NULL || strnlen((const char *)name, maximum + 1) <= maximum;
}

static inline void ledger_xml_start_element(
    void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri, int namespace_count,
    const xmlChar **namespaces, int attribute_count, int defaulted, const xmlChar **attributes
) {
    ledger_xml_state *state = ledger_xml_state_of(context);
    if (++state->depth > state->maximum_depth) { ledger_xml_stop(context, LEDGER_XML_DEPTH); return; }
    if (++state->elements > state->maximum_elements) { ledger_xml_stop(context, LEDGER_XML_ELEMENTS); return; }
    state->namespaces += namespace_count;
    if (state->namespaces > state->maximum_namespaces) { ledger_xml_stop(context, LEDGER_XML_NAMESPACES); return; }
    int fits = ledger_xml_fits(name, state->maximum_name) && ledger_xml_fits(prefix, state->maximum_name);
    for (int i = 0; i < namespace_count; i++) {
        fits = fits && ledger_xml_fits(namespaces[2 * i], state->maximum_name);
        const xmlChar *declared = namespaces[2 * i + 1];
        // Canonicalization compares namespaces' names where it sorts attributes, again and again.
        fits = fits && ledger_xml_fits(declared, state->maximum_name);
        if (declared != NULL && declared[0] != 0 && !ledger_xml_is_absolute(declared)) state->relative_namespaces++;
        if (namespaces[2 * i] != NULL && (declared == NULL || declared[0] == 0)) state->relative_namespaces++;
    }
    for (int i = 0; i < attribute_count; i++) {
        fits = fits && ledger_xml_fits(attributes[5 * i], state->maximum_name);
        if ((size_t)(attributes[5 * i + 4] - attributes[5 * i + 3]) > state->maximum_value) {
            ledger_xml_stop(context, LEDGER_XML_VALUE);
            return;
        }
    }
    if (!fits) { ledger_xml_stop(context, LEDGER_XML_NAME); return; }
    state->value = 0;
    state->in_cipher_value = strcmp((const char *)name, "CipherValue") == 0;
    xmlSAX2StartElementNs(
        context, name, prefix, uri, namespace_count, namespaces, attribute_count, defaulted, attributes);
}

static inline void ledger_xml_end_element(
    void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri
) {
    ledger_xml_state *state = ledger_xml_state_of(context);
    state->depth--;
    state->value = 0;
    state->in_cipher_value = 0;
    xmlNodePtr ended = ((xmlParserCtxtPtr)context)->node;
    for (xmlNsPtr declared = ended == NULL ? NULL : ended->nsDef; declared != NULL; declared = declared->next) state->namespaces--;
    xmlSAX2EndElementNs(context, name, prefix, uri);
}

static inline void ledger_xml_characters(void *context, const xmlChar *text, int length) {
    ledger_xml_state *state = ledger_xml_state_of(context);
    state->value += (size_t)length;
    if (state->value > state->maximum_value && !state->in_cipher_value) {
        ledger_xml_stop(context, LEDGER_XML_VALUE);
        return;
    }
    xmlSAX2Characters(context, text, length);
}

// Comments and processing instructions are counted and make no node, so none can split a text (C5, C8).
static inline void ledger_xml_comment(void *context, const xmlChar *text) {
    (void)text;
    ledger_xml_state_of(context)->comments++;
}

static inline void ledger_xml_instruction(void *context, const xmlChar *target, const xmlChar *data) {
    (void)target;
    (void)data;
    ledger_xml_state_of(context)->instructions++;
}

// C4: whatever begins a document type declaration ends the parse.
static inline void ledger_xml_doctype(
    void *context, const xmlChar *name, const xmlChar *external_id, const xmlChar *system_id
) {
    (void)name;
    (void)external_id;
    (void)system_id;
    ledger_xml_stop(context, LEDGER_XML_DOCTYPE);
}

static inline xmlEntityPtr ledger_xml_entity(void *context, const xmlChar *name) {
    xmlEntityPtr predefined = xmlGetPredefinedEntity(name);
    if (predefined == NULL) ledger_xml_stop(context, LEDGER_XML_ENTITY);
    return predefined;
}

static inline xmlEntityPtr ledger_xml_parameter_entity(void *context, const xmlChar *name) {
    (void)name;
    ledger_xml_stop(context, LEDGER_XML_ENTITY);
    return NULL;
}

static inline void ledger_xml_reference(void *context, const xmlChar *name) {
    (void)name;
    ledger_xml_stop(context, LEDGER_XML_ENTITY);
}

// The first error ends the parse: nothing is mended and nothing is read on.
static inline void ledger_xml_parse_error(void *context, xmlErrorPtr error) {
    if (error == NULL || error->level < XML_ERR_ERROR) return;
    ledger_xml_state *state = ledger_xml_state_of(context);
    if (state->failure == LEDGER_XML_OK) {
        state->error_code = error->code;
        state->error_line = error->line;
    }
    ledger_xml_stop(
        context, error->domain == XML_FROM_NAMESPACE ? LEDGER_XML_NOT_NAMESPACE_WELL_FORMED : LEDGER_XML_MALFORMED);
}

static inline void ledger_xml_silence(void *context, xmlErrorPtr error) {
    (void)context;
    (void)error;
}

static inline xmlParserInputPtr ledger_xml_load_nothing(const char *url, const char *id, xmlParserCtxtPtr context) {
    (void)url;
    (void)id;
    (void)context;
    return NULL;
}

/// Once per process, before anything else.
static inline void ledger_xml_initialize(void) {
    xmlInitParser();
    xmlSetExternalEntityLoader(ledger_xml_load_nothing);  // C4: the external entity loader always fails
}

/// A tree, or NULL with `state->failure` set. The caller frees the tree with xmlFreeDoc.
static inline xmlDocPtr ledger_xml_parse(const char *bytes, int count, ledger_xml_state *state) {
    xmlSetStructuredErrorFunc(NULL, ledger_xml_silence);  // of this thread: libxml2 prints nothing
    xmlParserCtxtPtr context = xmlNewParserCtxt();
    if (context == NULL || context->sax == NULL || context->sax->initialized != XML_SAX2_MAGIC) {
        if (context != NULL) xmlFreeParserCtxt(context);
        state->failure = LEDGER_XML_MALFORMED;
        return NULL;
    }
    context->_private = state;
    xmlSAXHandlerPtr sax = context->sax;
    sax->startElementNs = ledger_xml_start_element;
    sax->endElementNs = ledger_xml_end_element;
    sax->characters = ledger_xml_characters;
    sax->ignorableWhitespace = ledger_xml_characters;
    sax->comment = ledger_xml_comment;
    sax->processingInstruction = ledger_xml_instruction;
    sax->internalSubset = ledger_xml_doctype;
    sax->externalSubset = ledger_xml_doctype;
    sax->getEntity = ledger_xml_entity;
    sax->getParameterEntity = ledger_xml_parameter_entity;
    sax->reference = ledger_xml_reference;
    sax->serror = ledger_xml_parse_error;
    // NOCDATA: a CDATA section is text, as canonicalization has it. Entities are never substituted (no NOENT),
    // no DTD is loaded, nothing is fetched (NONET), nothing is recovered, no limit is lifted (no HUGE).
    // COMPACT is allowed since nobody changes the tree.
    xmlDocPtr document = xmlCtxtReadMemory(
        context, bytes, count, NULL, "UTF-8", XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_NOCDATA | XML_PARSE_COMPACT);
    if (state->failure == LEDGER_XML_OK && (context->wellFormed != 1 || document == NULL))
        state->failure = LEDGER_XML_MALFORMED;
    if (state->failure == LEDGER_XML_OK && context->nsWellFormed != 1)
        state->failure = LEDGER_XML_NOT_NAMESPACE_WELL_FORMED;
    if (state->failure != LEDGER_XML_OK) {
        if (document == NULL) document = context->myDoc;
        if (document != NULL) xmlFreeDoc(document);
        document = NULL;
    }
    context->myDoc = NULL;
    xmlFreeParserCtxt(context);
    return document;
}

/// The linked library's version, such as "20914".
static inline const char *ledger_xml_version(void) { return xmlParserVersion; }

/// `xmlFree` is a function pointer, and a macro where libxml2 has threads.
static inline void ledger_xml_free(void *memory) { xmlFree(memory); }

typedef struct {
    xmlNodePtr apex;
    xmlNodePtr excluded;
    xmlOutputBufferPtr output;
    size_t maximum;
    int exceeded;
} ledger_xml_subtree;

static inline int ledger_xml_is_visible(void *data, xmlNodePtr node, xmlNodePtr parent) {
    ledger_xml_subtree *subtree = (ledger_xml_subtree *)data;
    // Over the limit nothing more is written: a namespace declared once may be written again at each element, so that a form can be
    // hundreds of times as long as its document.
    if (subtree->exceeded) return 0;
    if (xmlOutputBufferGetSize(subtree->output) > subtree->maximum) {
        subtree->exceeded = 1;
        return 0;
    }
    // A namespace declaration is no node of the tree: it is where its element is.
    xmlNodePtr place = node != NULL && node->type != XML_NAMESPACE_DECL ? node : parent;
    for (; place != NULL; place = place->parent) {
        if (place == subtree->excluded) return 0;
        if (place == subtree->apex) return 1;
        if (place->type == XML_DOCUMENT_NODE) return 0;
    }
    return 0;
}

/// Exclusive C14N 1.0 of a subtree without one of its elements; NULL when it fails, yields nothing, or more than `maximum` bytes (C7, C18).
/// The caller frees the buffer with xmlOutputBufferClose.
static inline xmlOutputBufferPtr ledger_xml_canonicalize(
    xmlNodePtr apex, xmlNodePtr excluded, xmlChar **inclusive_prefixes, size_t maximum
) {
    xmlSetStructuredErrorFunc(NULL, ledger_xml_silence);
    xmlOutputBufferPtr buffer = xmlAllocOutputBuffer(NULL);
    if (buffer == NULL) return NULL;
    ledger_xml_subtree subtree = { apex, excluded, buffer, maximum, 0 };
    int result = xmlC14NExecute(
        apex->doc, ledger_xml_is_visible, &subtree, XML_C14N_EXCLUSIVE_1_0, inclusive_prefixes, 0, buffer);
    if (result < 0 || buffer->error != 0 || subtree.exceeded || xmlOutputBufferGetSize(buffer) > maximum || xmlOutputBufferGetSize(buffer) == 0) {
        xmlOutputBufferClose(buffer);
        return NULL;
    }
    return buffer;
}

#include "floor.h"
#include <libxml/c14n.h>
#include <libxml/parser.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define DS "http://www.w3.org/2000/09/xmldsig#"
#define XENC "http://www.w3.org/2001/04/xmlenc#"
#define SAML "urn:oasis:names:tc:SAML:2.0:assertion"

struct floor_key {
    EVP_PKEY *key;
};

floor_key *floor_key_read(const char *pem, size_t length) {
    BIO *bio = BIO_new_mem_buf(pem, (int)length);
    X509 *certificate = PEM_read_bio_X509(bio, NULL, NULL, NULL);
    BIO_free(bio);
    if (!certificate) return NULL;
    floor_key *key = malloc(sizeof *key);
    key->key = X509_get_pubkey(certificate);
    X509_free(certificate);
    return key;
}

floor_key *floor_private_key_read(const char *pem, size_t length) {
    BIO *bio = BIO_new_mem_buf(pem, (int)length);
    EVP_PKEY *read = PEM_read_bio_PrivateKey(bio, NULL, NULL, NULL);
    BIO_free(bio);
    if (!read) return NULL;
    floor_key *key = malloc(sizeof *key);
    key->key = read;
    return key;
}

void floor_key_free(floor_key *key) {
    EVP_PKEY_free(key->key);
    free(key);
}

unsigned long long floor_cpu_nanoseconds(void) {
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (unsigned long long)t.tv_sec * 1000000000ULL + (unsigned long long)t.tv_nsec;
}

static xmlNodePtr child(xmlNodePtr parent, const char *name, const char *space) {
    for (xmlNodePtr n = parent ? parent->children : NULL; n; n = n->next)
        if (n->type == XML_ELEMENT_NODE && n->ns && !strcmp((const char *)n->name, name) && !strcmp((const char *)n->ns->href, space)) return n;
    return NULL;
}

/// Decodes base64 with or without line breaks; the caller frees. 0 on failure.
static size_t decode(const char *text, size_t length, unsigned char **bytes) {
    EVP_ENCODE_CTX *context = EVP_ENCODE_CTX_new();
    *bytes = malloc(length + 4);
    int first = 0, last = 0, ok;
    EVP_DecodeInit(context);
    ok = EVP_DecodeUpdate(context, *bytes, &first, (const unsigned char *)text, (int)length) >= 0
        && EVP_DecodeFinal(context, *bytes + first, &last) == 1;
    EVP_ENCODE_CTX_free(context);
    return ok ? (size_t)(first + last) : 0;
}

static size_t decode_text(xmlNodePtr node, unsigned char **bytes) {
    const char *text = node && node->children && node->children->content ? (const char *)node->children->content : "";
    return decode(text, strlen(text), bytes);
}

struct selection {
    xmlNodePtr top, without;
};

static int selected(void *context, xmlNodePtr node, xmlNodePtr parent) {
    const struct selection *s = context;
    // A namespace declaration has no parent of its own: the element that it stands on is given.
    for (xmlNodePtr n = node && node->type == XML_NAMESPACE_DECL ? parent : node; n; n = n->parent) {
        if (n == s->without) return 0;
        if (n == s->top) return 1;
    }
    return 0;
}

static xmlBufferPtr canonicalize(xmlNodePtr top, xmlNodePtr without) {
    struct selection s = {top, without};
    xmlBufferPtr buffer = xmlBufferCreate();
    xmlOutputBufferPtr output = xmlOutputBufferCreateBuffer(buffer, NULL);
    int length = xmlC14NExecute(top->doc, selected, &s, XML_C14N_EXCLUSIVE_1_0, NULL, 0, output);
    xmlOutputBufferClose(output);
    if (length <= 0) {
        xmlBufferFree(buffer);
        return NULL;
    }
    return buffer;
}

/// XML Signature writes both numbers of ECDSA one after the other, OpenSSL wants DER. The caller frees; 0: it is RSA.
static size_t ecdsa_der(const floor_key *key, const unsigned char *value, size_t length, unsigned char **der) {
    *der = NULL;
    if (EVP_PKEY_get_base_id(key->key) != EVP_PKEY_EC) return 0;
    ECDSA_SIG *signature = ECDSA_SIG_new();
    ECDSA_SIG_set0(signature, BN_bin2bn(value, (int)length / 2, NULL), BN_bin2bn(value + length / 2, (int)length / 2, NULL));
    int size = i2d_ECDSA_SIG(signature, der);
    ECDSA_SIG_free(signature);
    return size > 0 ? (size_t)size : 0;
}

/// The canonical bytes of the element if its signature verifies.
static xmlBufferPtr verified(const floor_key *key, xmlNodePtr element, xmlNodePtr signature) {
    xmlNodePtr info = child(signature, "SignedInfo", DS);
    xmlNodePtr digest = child(child(info, "Reference", DS), "DigestValue", DS);
    if (!digest) return NULL;

    xmlBufferPtr bytes = canonicalize(element, signature), signedInfo = canonicalize(info, NULL);
    unsigned char *wanted = NULL, *value = NULL, found[EVP_MAX_MD_SIZE];
    unsigned foundLength = 0;
    size_t wantedLength = decode_text(digest, &wanted), valueLength = decode_text(child(signature, "SignatureValue", DS), &value);
    int ok = bytes && signedInfo && EVP_Digest(xmlBufferContent(bytes), (size_t)xmlBufferLength(bytes), found, &foundLength, EVP_sha256(), NULL) == 1
        && foundLength == wantedLength && CRYPTO_memcmp(found, wanted, wantedLength) == 0;
    if (ok) {
        EVP_MD_CTX *context = EVP_MD_CTX_new();
        unsigned char *der = NULL;
        size_t derLength = ecdsa_der(key, value, valueLength, &der);
        ok = EVP_DigestVerifyInit(context, NULL, EVP_sha256(), NULL, key->key) == 1
            && EVP_DigestVerify(context, der ? der : value, der ? derLength : valueLength, xmlBufferContent(signedInfo), (size_t)xmlBufferLength(signedInfo)) == 1;
        OPENSSL_free(der);
        EVP_MD_CTX_free(context);
    }
    free(wanted);
    free(value);
    if (signedInfo) xmlBufferFree(signedInfo);
    if (!ok && bytes) {
        xmlBufferFree(bytes);
        bytes = NULL;
    }
    return bytes;
}

/// Parses the verified bytes, and copies the NameID.
static int read_name_id(xmlBufferPtr bytes, char *name_id, size_t capacity) {
    xmlDocPtr document = xmlReadMemory((const char *)xmlBufferContent(bytes), xmlBufferLength(bytes), NULL, NULL, XML_PARSE_NONET);
    if (!document) return 0;
    xmlNodePtr root = xmlDocGetRootElement(document);
    xmlNodePtr assertion = strcmp((const char *)root->name, "Assertion") ? child(root, "Assertion", SAML) : root;
    xmlNodePtr node = child(child(assertion, "Subject", SAML), "NameID", SAML);
    int ok = node && node->children && strlen((const char *)node->children->content) < capacity;
    if (ok) strcpy(name_id, (const char *)node->children->content);
    xmlFreeDoc(document);
    return ok;
}

int floor_validate(const floor_key *key, const char *base64, size_t length, char *name_id, size_t capacity) {
    unsigned char *xml = NULL;
    size_t size = decode(base64, length, &xml);
    xmlDocPtr document = size ? xmlReadMemory((const char *)xml, (int)size, NULL, NULL, XML_PARSE_NONET) : NULL;
    free(xml);
    if (!document) return -1;
    xmlNodePtr response = xmlDocGetRootElement(document), assertion = child(response, "Assertion", SAML);
    xmlNodePtr elements[] = {response, assertion};
    int count = 0;
    for (int i = 0; i < 2 && count >= 0; i++) {
        xmlNodePtr signature = child(elements[i], "Signature", DS);
        if (!signature) continue;
        xmlBufferPtr bytes = verified(key, elements[i], signature);
        count = bytes ? count + 1 : -1;
        // Claims are read once: from the assertion's own bytes where it is signed.
        if (bytes && (elements[i] == assertion || !child(assertion, "Signature", DS)) && !read_name_id(bytes, name_id, capacity)) count = -1;
        if (bytes) xmlBufferFree(bytes);
    }
    xmlFreeDoc(document);
    return count;
}

/// The plaintext of an EncryptedData by AES-256-GCM whose key RSA-OAEP wraps; the caller frees. 0 on failure.
static size_t decrypt(const floor_key *private, xmlNodePtr data, unsigned char **plain) {
    xmlNodePtr wrapped = child(child(child(child(data, "KeyInfo", DS), "EncryptedKey", XENC), "CipherData", XENC), "CipherValue", XENC);
    xmlNodePtr content = child(child(data, "CipherData", XENC), "CipherValue", XENC);
    unsigned char *box = NULL, *bytes = NULL, key[512];
    size_t keyLength = sizeof key, boxLength = decode_text(wrapped, &box), length = decode_text(content, &bytes);
    EVP_PKEY_CTX *unwrap = EVP_PKEY_CTX_new(private->key, NULL);
    int ok = EVP_PKEY_decrypt_init(unwrap) == 1 && EVP_PKEY_CTX_set_rsa_padding(unwrap, RSA_PKCS1_OAEP_PADDING) == 1
        && EVP_PKEY_decrypt(unwrap, key, &keyLength, box, boxLength) == 1 && keyLength == 32 && length > 28;
    EVP_PKEY_CTX_free(unwrap);
    free(box);
    int first = 0, last = 0;
    *plain = malloc(length + 16);
    EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
    ok = ok && EVP_DecryptInit_ex(context, EVP_aes_256_gcm(), NULL, key, bytes) == 1
        && EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, 16, bytes + length - 16) == 1
        && EVP_DecryptUpdate(context, *plain, &first, bytes + 12, (int)length - 28) == 1
        && EVP_DecryptFinal_ex(context, *plain + first, &last) == 1;
    EVP_CIPHER_CTX_free(context);
    free(bytes);
    return ok ? (size_t)(first + last) : 0;
}

int floor_validate_encrypted(
    const floor_key *key, const floor_key *private, const char *base64, size_t length, char *name_id, size_t capacity
) {
    unsigned char *xml = NULL, *plain = NULL;
    size_t size = decode(base64, length, &xml);
    xmlDocPtr outer = size ? xmlReadMemory((const char *)xml, (int)size, NULL, NULL, XML_PARSE_NONET) : NULL;
    free(xml);
    if (!outer) return -1;
    size = decrypt(private, child(child(xmlDocGetRootElement(outer), "EncryptedAssertion", SAML), "EncryptedData", XENC), &plain);
    xmlFreeDoc(outer);
    xmlDocPtr document = size ? xmlReadMemory((const char *)plain, (int)size, NULL, NULL, XML_PARSE_NONET) : NULL;
    free(plain);
    if (!document) return -1;
    xmlNodePtr assertion = xmlDocGetRootElement(document), signature = child(assertion, "Signature", DS);
    xmlBufferPtr bytes = signature ? verified(key, assertion, signature) : NULL;
    int count = bytes && read_name_id(bytes, name_id, capacity) ? 1 : -1;
    if (bytes) xmlBufferFree(bytes);
    xmlFreeDoc(document);
    return count;
}

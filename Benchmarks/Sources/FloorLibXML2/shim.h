#pragma once
#include <libxml/xmlversion.h>
#undef LIBXML_ICU_ENABLED  // its headers would meet Foundation's own copy of them
#include <libxml/parser.h>
#include <libxml/c14n.h>

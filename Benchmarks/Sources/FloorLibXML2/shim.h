#pragma once
#include <libxml/parser.h>
#include <libxml/c14n.h>

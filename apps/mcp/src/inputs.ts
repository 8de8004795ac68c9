// Made from the API's OpenAPI document by `npm run openapi`.

export const inputs = {
  "CreateReceipt": {
    "type": "object",
    "properties": {
      "reference": {
        "type": "string",
        "minLength": 1,
        "maxLength": 200,
        "description": "Your document’s number."
      },
      "note": {
        "type": "string",
        "minLength": 0,
        "maxLength": 2000
      },
      "lines": {
        "type": "array",
        "minItems": 1,
        "maxItems": 500,
        "items": {
          "type": "object",
          "properties": {
            "item": {
              "type": "string",
              "minLength": 1,
              "maxLength": 64,
              "description": "Its SKU."
            },
            "location": {
              "type": "string",
              "minLength": 1,
              "maxLength": 32,
              "description": "Its code."
            },
            "quantity": {
              "type": "integer",
              "minimum": 1,
              "maximum": 1000000000
            },
            "expectedOnHand": {
              "type": "integer",
              "minimum": 0,
              "maximum": 9007199254740991,
              "description": "Refuse everything where the level found is not this (for a transfer: at `from`)."
            }
          },
          "additionalProperties": false,
          "required": [
            "item",
            "location",
            "quantity"
          ]
        }
      }
    },
    "additionalProperties": false,
    "required": [
      "lines"
    ]
  },
  "CreateIssue": {
    "type": "object",
    "properties": {
      "reference": {
        "type": "string",
        "minLength": 1,
        "maxLength": 200,
        "description": "Your document’s number."
      },
      "note": {
        "type": "string",
        "minLength": 0,
        "maxLength": 2000
      },
      "lines": {
        "type": "array",
        "minItems": 1,
        "maxItems": 500,
        "items": {
          "type": "object",
          "properties": {
            "item": {
              "type": "string",
              "minLength": 1,
              "maxLength": 64,
              "description": "Its SKU."
            },
            "location": {
              "type": "string",
              "minLength": 1,
              "maxLength": 32,
              "description": "Its code."
            },
            "quantity": {
              "type": "integer",
              "minimum": 1,
              "maximum": 1000000000
            },
            "expectedOnHand": {
              "type": "integer",
              "minimum": 0,
              "maximum": 9007199254740991,
              "description": "Refuse everything where the level found is not this (for a transfer: at `from`)."
            }
          },
          "additionalProperties": false,
          "required": [
            "item",
            "location",
            "quantity"
          ]
        }
      }
    },
    "additionalProperties": false,
    "required": [
      "lines"
    ]
  },
  "CreateTransfer": {
    "type": "object",
    "properties": {
      "reference": {
        "type": "string",
        "minLength": 1,
        "maxLength": 200,
        "description": "Your document’s number."
      },
      "note": {
        "type": "string",
        "minLength": 0,
        "maxLength": 2000
      },
      "lines": {
        "type": "array",
        "minItems": 1,
        "maxItems": 500,
        "items": {
          "type": "object",
          "properties": {
            "item": {
              "type": "string",
              "minLength": 1,
              "maxLength": 64,
              "description": "Its SKU."
            },
            "from": {
              "type": "string",
              "minLength": 1,
              "maxLength": 32,
              "description": "Its code."
            },
            "to": {
              "type": "string",
              "minLength": 1,
              "maxLength": 32,
              "description": "Its code."
            },
            "quantity": {
              "type": "integer",
              "minimum": 1,
              "maximum": 1000000000
            },
            "expectedOnHand": {
              "type": "integer",
              "minimum": 0,
              "maximum": 9007199254740991,
              "description": "Refuse everything where the level found is not this (for a transfer: at `from`)."
            }
          },
          "additionalProperties": false,
          "required": [
            "item",
            "from",
            "to",
            "quantity"
          ]
        }
      }
    },
    "additionalProperties": false,
    "required": [
      "lines"
    ]
  },
  "CreateCount": {
    "type": "object",
    "properties": {
      "reference": {
        "type": "string",
        "minLength": 1,
        "maxLength": 200,
        "description": "Your document’s number."
      },
      "note": {
        "type": "string",
        "minLength": 0,
        "maxLength": 2000
      },
      "lines": {
        "type": "array",
        "minItems": 1,
        "maxItems": 500,
        "items": {
          "type": "object",
          "properties": {
            "item": {
              "type": "string",
              "minLength": 1,
              "maxLength": 64,
              "description": "Its SKU."
            },
            "location": {
              "type": "string",
              "minLength": 1,
              "maxLength": 32,
              "description": "Its code."
            },
            "counted": {
              "type": "integer",
              "minimum": 0,
              "maximum": 1000000000
            },
            "expectedOnHand": {
              "type": "integer",
              "minimum": 0,
              "maximum": 9007199254740991,
              "description": "Refuse everything where the level found is not this (for a transfer: at `from`)."
            }
          },
          "additionalProperties": false,
          "required": [
            "item",
            "location",
            "counted"
          ]
        }
      }
    },
    "additionalProperties": false,
    "required": [
      "lines"
    ]
  },
  "CreateReservation": {
    "type": "object",
    "properties": {
      "reference": {
        "type": "string",
        "minLength": 1,
        "maxLength": 200
      },
      "ttlSeconds": {
        "type": "integer",
        "minimum": 1,
        "maximum": 604800,
        "description": "How long it is held. Default: 900."
      },
      "strategy": {
        "type": "string",
        "enum": [
          "one-location-first",
          "priority",
          "most-stock"
        ],
        "description": "Where lines without a location are held. one-location-first: at the first location, by code, that has the whole line, else as most-stock. priority: by code, what each has. most-stock: at the location that has most, then the next. Default: one-location-first."
      },
      "lines": {
        "type": "array",
        "minItems": 1,
        "maxItems": 500,
        "items": {
          "type": "object",
          "properties": {
            "item": {
              "type": "string",
              "minLength": 1,
              "maxLength": 64,
              "description": "Its SKU."
            },
            "location": {
              "type": "string",
              "minLength": 1,
              "maxLength": 32,
              "description": "Default: the API chooses by `strategy`, possibly several locations."
            },
            "quantity": {
              "type": "integer",
              "minimum": 1,
              "maximum": 1000000000
            }
          },
          "additionalProperties": false,
          "required": [
            "item",
            "quantity"
          ]
        }
      }
    },
    "additionalProperties": false,
    "required": [
      "lines"
    ]
  },
  "ListItems": {
    "type": "object",
    "properties": {
      "sku": {
        "type": "string",
        "minLength": 1,
        "maxLength": 64,
        "description": "Exact SKU, in any case."
      },
      "barcode": {
        "type": "string",
        "minLength": 1,
        "maxLength": 64,
        "description": "Exact barcode, any of an item’s. A GTIN is found with 8, 12, 13 or 14 digits."
      },
      "category": {
        "type": "string",
        "minLength": 1,
        "maxLength": 100,
        "description": "Exact category."
      },
      "noCost": {
        "type": "boolean",
        "description": "true: items without a unit cost only. false: those with one."
      },
      "noBarcode": {
        "type": "boolean",
        "description": "true: items without a barcode only. false: those with one."
      },
      "low": {
        "type": "boolean",
        "description": "true: items whose available total is at or below their reorder point only. false: the others."
      },
      "out": {
        "type": "boolean",
        "description": "true: items of which nothing is available only. false: the others."
      },
      "locationId": {
        "type": "string",
        "format": "uuid",
        "description": "Items of which some are on hand at this location."
      },
      "updatedSince": {
        "type": "string",
        "format": "date-time",
        "description": "Items whose own fields were changed at this time or later."
      },
      "archived": {
        "type": "boolean",
        "description": "true: archived items only. Default: those that are not."
      },
      "q": {
        "type": "string",
        "minLength": 1,
        "maxLength": 200,
        "description": "Words, matched by prefix over SKU, name, barcode and category; a typo still finds the item."
      },
      "limit": {
        "type": "integer",
        "minimum": 1,
        "maximum": 200,
        "description": "How many rows at most. Default: 50."
      },
      "cursor": {
        "type": "string",
        "minLength": 1,
        "maxLength": 4000,
        "description": "Where to go on: `nextCursor` of the page before."
      },
      "count": {
        "type": "boolean",
        "description": "Count the rows of the whole list, up to 10,000."
      },
      "consistency": {
        "type": "string",
        "enum": [
          "strong",
          "eventual"
        ],
        "description": "strong: with every change that was answered before. eventual: a read replica may serve it, where there is one, in a state at most some seconds old. Default: strong."
      },
      "sort": {
        "type": "string",
        "enum": [
          "sku",
          "-sku",
          "name",
          "-name",
          "createdAt",
          "-createdAt",
          "updatedAt",
          "-updatedAt",
          "reorderPoint",
          "-reorderPoint",
          "onHand",
          "-onHand",
          "available",
          "-available"
        ],
        "description": "Default: sku. With `q`, the best match comes first and `sort` is refused. By onHand, available or updatedAt, an item that changes between two pages may be on both or on neither."
      }
    },
    "additionalProperties": false
  },
  "ListLocations": {
    "type": "object",
    "properties": {
      "limit": {
        "type": "integer",
        "minimum": 1,
        "maximum": 200,
        "description": "How many rows at most. Default: 50."
      },
      "cursor": {
        "type": "string",
        "minLength": 1,
        "maxLength": 4000,
        "description": "Where to go on: `nextCursor` of the page before."
      },
      "count": {
        "type": "boolean",
        "description": "Count the rows of the whole list, up to 10,000."
      },
      "consistency": {
        "type": "string",
        "enum": [
          "strong",
          "eventual"
        ],
        "description": "strong: with every change that was answered before. eventual: a read replica may serve it, where there is one, in a state at most some seconds old. Default: strong."
      },
      "sort": {
        "type": "string",
        "enum": [
          "code",
          "-code",
          "createdAt",
          "-createdAt"
        ],
        "description": "Default: code."
      },
      "code": {
        "type": "string",
        "minLength": 1,
        "maxLength": 32,
        "description": "Exact code, in any case."
      },
      "archived": {
        "type": "boolean",
        "description": "true: archived locations only. Default: those that are not."
      }
    },
    "additionalProperties": false
  },
  "IdempotencyKey": {
    "type": "string",
    "maxLength": 255
  }
} as const;

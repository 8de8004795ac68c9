// Made from the API's OpenAPI document by `npm run openapi`.

export interface paths {
    "/api/problems/{kind}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a problem type means */
        get: operations["explainProblems"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sign in */
        post: operations["signInSession"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Change a refresh token into new tokens */
        post: operations["refreshSession"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions/current": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who am I
         * @description Needs the role viewer.
         */
        get: operations["currentSession"];
        put?: never;
        post?: never;
        /**
         * Sign out
         * @description Needs the role viewer.
         */
        delete: operations["signOutSession"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/password-resets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ask for a link by mail to choose a new password; the response is the same where no account has the address */
        post: operations["requestPasswordReset"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/password-resets/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Choose a new password with the token of the link; all sessions of the account end */
        post: operations["confirmPasswordReset"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/caller": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The person or API key that the request comes from
         * @description Needs the role viewer.
         */
        get: operations["getCaller"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/account": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The caller’s own account
         * @description Needs the role viewer.
         */
        get: operations["getAccount"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change the own name, and what to be told of by mail
         * @description Needs the role viewer.
         */
        patch: operations["updateAccount"];
        trace?: never;
    };
    "/api/v1/account/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Change the own password; the other sessions end
         * @description Needs the role viewer.
         */
        post: operations["changePasswordAccount"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/account/totp": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Set up two-factor sign-in; it is on once a code was confirmed
         * @description Needs the role viewer.
         */
        post: operations["setUpTotpAccount"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/account/totp/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Turn two-factor sign-in on with a code of the app
         * @description Needs the role viewer.
         */
        post: operations["confirmTotpAccount"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/account/totp/disable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Turn two-factor sign-in off
         * @description Needs the role viewer.
         */
        post: operations["disableTotpAccount"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/account/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the own sessions
         * @description Needs the role viewer.
         */
        get: operations["sessionsAccount"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/account/sessions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * End an own session
         * @description Needs the role viewer.
         */
        delete: operations["endSessionAccount"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the people
         * @description Needs the role admin.
         */
        get: operations["listUsers"];
        put?: never;
        /**
         * Add a person
         * @description Needs the role admin.
         */
        post: operations["createUser"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One person
         * @description Needs the role admin.
         */
        get: operations["getUser"];
        put?: never;
        post?: never;
        /**
         * Remove a person
         * @description Needs the role admin.
         */
        delete: operations["removeUser"];
        options?: never;
        head?: never;
        /**
         * Change a person
         * @description Needs the role admin.
         */
        patch: operations["updateUser"];
        trace?: never;
    };
    "/api/v1/users/{id}/totp": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Turn off the two-factor sign-in of a person who cannot sign in
         * @description Needs the role admin.
         */
        delete: operations["resetTotpUser"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/api-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the API keys
         * @description Needs the role admin.
         */
        get: operations["listKeys"];
        put?: never;
        /**
         * Make an API key, shown this once
         * @description Needs the role admin.
         */
        post: operations["createKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/api-keys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * End an API key
         * @description Needs the role admin.
         */
        delete: operations["removeKey"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Every committed change, once, in order
         * @description Needs the role viewer.
         */
        get: operations["listEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the webhooks
         * @description Needs the role admin.
         */
        get: operations["listWebhooks"];
        put?: never;
        /**
         * Send events to a URL from now on; the secret is shown this once
         * @description Needs the role admin.
         */
        post: operations["createWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhooks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One webhook
         * @description Needs the role admin.
         */
        get: operations["getWebhook"];
        put?: never;
        post?: never;
        /**
         * Delete a webhook
         * @description Needs the role admin.
         */
        delete: operations["removeWebhook"];
        options?: never;
        head?: never;
        /**
         * Change a webhook; one that is enabled again goes on where it ended
         * @description Needs the role admin.
         */
        patch: operations["updateWebhook"];
        trace?: never;
    };
    "/api/v1/webhooks/{id}/secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make a new secret, shown this once; the one before signs as well for 24 hours
         * @description Needs the role admin.
         */
        post: operations["rotateSecretWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhooks/{id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a test event once; its delivery is in the log
         * @description Needs the role admin.
         */
        post: operations["testWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhooks/{id}/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The deliveries of the last 7 days, the newest first
         * @description Needs the role admin.
         */
        get: operations["listDeliveriesWebhook"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhooks/{id}/deliveries/{deliveryId}/redeliver": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send the event of a delivery once more, beside the others
         * @description Needs the role admin.
         */
        post: operations["redeliverWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reports/summary": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The whole of the stock in a few numbers
         * @description Needs the role viewer.
         */
        get: operations["summaryReport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reports/low-stock": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List items at or below their reorder point
         * @description Needs the role viewer.
         */
        get: operations["lowStockReport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reports/valuation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What the stock is worth at cost, by category and by location
         * @description Needs the role viewer.
         */
        get: operations["valuationReport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reports/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What was on hand of an item over time
         * @description Needs the role viewer.
         */
        get: operations["historyReport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List imports, the newest first
         * @description Needs the role viewer.
         */
        get: operations["listImports"];
        put?: never;
        /**
         * Load items and opening stock from a CSV file or a workbook
         * @description Needs the role operator.
         */
        post: operations["createImport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports/mapping": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Propose what columns are for, by their headings
         * @description Needs the role viewer.
         */
        get: operations["proposeImport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How far an import is
         * @description Needs the role viewer.
         */
        get: operations["getImport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports/{id}/rerun": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Read the file of a dry run again, otherwise or for good
         * @description Needs the role operator.
         */
        post: operations["rerunImport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Stop an import; what it has booked stays
         * @description Needs the role operator.
         */
        post: operations["cancelImport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports/{id}/undo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take back what an import did, where nothing has happened since
         * @description Needs the role operator.
         */
        post: operations["undoImport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports/{id}/failed-rows": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The rows that an import left out, with all their errors
         * @description Needs the role viewer.
         */
        get: operations["failedRowsImport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports/{id}/failed.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The same as CSV with the file’s own columns, ready to be corrected and sent again
         * @description Needs the role viewer.
         */
        get: operations["failedCsvImport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports/{id}/errors": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What was wrong with rows, and which quantities were not booked, as CSV: line, column, reason
         * @description Needs the role viewer.
         */
        get: operations["errorsImport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exports/items.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Items; POST /imports takes the file as it is
         * @description Needs the role viewer.
         */
        get: operations["itemsExport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exports/stock.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Stock levels
         * @description Needs the role viewer.
         */
        get: operations["stockExport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exports/movements.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The ledger, a row for each line
         * @description Needs the role viewer.
         */
        get: operations["movementsExport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exports/audit.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who changed what, a row for each field
         * @description Needs the role admin.
         */
        get: operations["auditExport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/items": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List or search the catalogue
         * @description Needs the role viewer.
         */
        get: operations["listItems"];
        put?: never;
        /**
         * Add an item
         * @description Needs the role operator.
         */
        post: operations["createItem"];
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change several items, each by itself or all together
         * @description Needs the role operator.
         */
        patch: operations["updateManyItem"];
        trace?: never;
    };
    "/api/v1/items/facets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Suggest categories, units and names of attributes
         * @description Needs the role viewer.
         */
        get: operations["facetsItem"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/items/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One item
         * @description Needs the role viewer.
         */
        get: operations["getItem"];
        put?: never;
        post?: never;
        /**
         * Archive an item
         * @description Needs the role operator.
         */
        delete: operations["removeItem"];
        options?: never;
        head?: never;
        /**
         * Change an item
         * @description Needs the role operator.
         */
        patch: operations["updateItem"];
        trace?: never;
    };
    "/api/v1/locations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List locations
         * @description Needs the role viewer.
         */
        get: operations["listLocations"];
        put?: never;
        /**
         * Add a location
         * @description Needs the role operator.
         */
        post: operations["createLocation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/locations/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One location
         * @description Needs the role viewer.
         */
        get: operations["getLocation"];
        put?: never;
        post?: never;
        /**
         * Archive a location
         * @description Needs the role operator.
         */
        delete: operations["removeLocation"];
        options?: never;
        head?: never;
        /**
         * Change a location
         * @description Needs the role operator.
         */
        patch: operations["updateLocation"];
        trace?: never;
    };
    "/api/v1/items/{id}/photo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The photo of an item
         * @description Needs the role viewer.
         */
        get: operations["getPhoto"];
        /**
         * Give an item a photo, in place of the one that it has
         * @description Needs the role operator.
         */
        put: operations["putPhoto"];
        post?: never;
        /**
         * Remove the photo of an item
         * @description Needs the role operator.
         */
        delete: operations["removePhoto"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/availability": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What is available of many items
         * @description Needs the role viewer.
         */
        post: operations["readAvailability"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stock": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List stock levels
         * @description Needs the role viewer.
         */
        get: operations["listLevels"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/movements": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the ledger
         * @description Needs the role viewer.
         */
        get: operations["listMovements"];
        put?: never;
        /**
         * Post a movement
         * @description Needs the role operator.
         */
        post: operations["postMovement"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/movements/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One movement, with all of its lines
         * @description Needs the role viewer.
         */
        get: operations["getMovement"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/movements/{id}/reverse": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Undo a movement
         * @description Needs the role operator.
         */
        post: operations["reverseMovement"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reservations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List reservations
         * @description Needs the role viewer.
         */
        get: operations["listReservations"];
        put?: never;
        /**
         * Hold stock for a while
         * @description Needs the role operator.
         */
        post: operations["createReservation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reservations/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One reservation
         * @description Needs the role viewer.
         */
        get: operations["getReservation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Hold it for longer or shorter, or change its reference
         * @description Needs the role operator.
         */
        patch: operations["updateReservation"];
        trace?: never;
    };
    "/api/v1/reservations/{id}/commit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Issue what is held, or less of it
         * @description Needs the role operator.
         */
        post: operations["commitReservation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reservations/{id}/release": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give back what is held
         * @description Needs the role operator.
         */
        post: operations["releaseReservation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who changed which field, from what to what
         * @description Needs the role viewer.
         */
        get: operations["listAudits"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        ProblemExplanation: {
            type: string;
            status: number;
            title: string;
            explanation: string;
        };
        User: {
            /** Format: uuid */
            id: string;
            /** Format: email */
            email: string;
            name: string;
            /** @enum {string} */
            role: "viewer" | "operator" | "admin";
            /** @description Whether their sign-in takes a code beside the password. */
            twoFactor: boolean;
            version: number;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
        };
        NewSession: {
            /** @description Goes into Authorization: Bearer. */
            accessToken: string;
            /** @description Valid for one POST /sessions/refresh, within 30 days. */
            refreshToken: string;
            /** @description How long the access token is valid, in seconds. */
            expiresIn: number;
            user: components["schemas"]["User"];
            /** @description Keep it on the device and send it with the next POST /sessions. No credential. */
            deviceToken: string;
        };
        SignIn: {
            /** Format: email */
            email: string;
            password: string;
            /** @description Of two-factor sign-in: six digits of the authenticator app, or a recovery code. Each is taken once. */
            code?: string;
            /** @description From the last sign-in on this device. With it, failed sign-ins elsewhere do not delay this one. */
            deviceToken?: string;
        };
        Session: {
            /** @description Goes into Authorization: Bearer. */
            accessToken: string;
            /** @description Valid for one POST /sessions/refresh, within 30 days. */
            refreshToken: string;
            /** @description How long the access token is valid, in seconds. */
            expiresIn: number;
            user: components["schemas"]["User"];
        };
        RefreshSession: {
            /** @description The newest one of the session, or for 30 s the one before. An older one ends the session. */
            refreshToken: string;
        };
        CurrentSession: {
            user: components["schemas"]["User"];
        };
        RequestPasswordReset: {
            /**
             * Format: email
             * @description Of the account, in any case.
             */
            email: string;
        };
        ConfirmPasswordReset: {
            newPassword: string;
            /** @description What follows # in the link. Valid once, for 30 minutes. */
            token: string;
        };
        CurrentCaller: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            kind: "user" | "api-key" | "system";
            name: string;
            /** @enum {string} */
            role: "viewer" | "operator" | "admin";
        };
        Account: {
            /** Format: uuid */
            id: string;
            /** Format: email */
            email: string;
            name: string;
            /** @enum {string} */
            role: "viewer" | "operator" | "admin";
            /** @description Whether their sign-in takes a code beside the password. */
            twoFactor: boolean;
            version: number;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
            /** @description What the person is told of by mail. */
            alerts: ("low-stock" | "out-of-stock" | "reservation-expiring" | "import-failed" | "webhook-disabled")[];
            /** @description Whether this deployment sends mail. */
            sendsMail: boolean;
        };
        UpdateAccount: {
            name?: string;
            /** @description What to be told of by mail. */
            alerts?: ("low-stock" | "out-of-stock" | "reservation-expiring" | "import-failed" | "webhook-disabled")[];
        };
        ChangePassword: {
            currentPassword: string;
            newPassword: string;
        };
        TotpSecret: {
            /** @description Base32, for typing into an app. */
            secret: string;
            /** @description The same for an app to scan, as a QR code. */
            uri: string;
        };
        OwnPassword: {
            currentPassword: string;
        };
        RecoveryCodes: {
            /** @description Shown this once. Each signs in one time in place of a code. */
            recoveryCodes: string[];
        };
        ConfirmTotp: {
            /** @description The six digits that the app shows now. */
            code: string;
        };
        AccountSession: {
            /** Format: uuid */
            id: string;
            /**
             * Format: date-time
             * @description When it began with a sign-in.
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description To the quarter of an hour.
             */
            lastUsedAt: string;
            /** @description Whether it is the session of this request. */
            isCurrent: boolean;
        };
        CreateUser: {
            /**
             * Format: email
             * @description Unique, in any case.
             */
            email: string;
            name: string;
            /** @enum {string} */
            role: "viewer" | "operator" | "admin";
            password: string;
        };
        UpdateUser: {
            /**
             * Format: email
             * @description Unique, in any case.
             */
            email?: string;
            name?: string;
            /** @enum {string} */
            role?: "viewer" | "operator" | "admin";
            password?: string;
        };
        ApiKey: {
            /** Format: uuid */
            id: string;
            name: string;
            /** @enum {string} */
            role: "viewer" | "operator" | "admin";
            /** @description How the key begins, to tell one from another. */
            prefix: string;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            expiresAt: string | null;
            /**
             * Format: date-time
             * @description To the minute or so.
             */
            lastUsedAt: string | null;
        };
        NewApiKey: {
            /** Format: uuid */
            id: string;
            name: string;
            /** @enum {string} */
            role: "viewer" | "operator" | "admin";
            /** @description How the key begins, to tell one from another. */
            prefix: string;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            expiresAt: string | null;
            /**
             * Format: date-time
             * @description To the minute or so.
             */
            lastUsedAt: string | null;
            /** @description Shown this once. Goes into Authorization: Bearer. */
            key: string;
        };
        CreateApiKey: {
            name: string;
            /** @enum {string} */
            role: "viewer" | "operator" | "admin";
            /**
             * Format: date-time
             * @description In the future. Null: never.
             */
            expiresAt?: string | null;
        };
        Actor: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            kind: "user" | "api-key" | "system";
            name: string;
        };
        Event: {
            /** @description Its place in the feed, to be sent as `after`. Never used twice. */
            id: string;
            /** @enum {string} */
            type: "item.created" | "item.updated" | "item.archived" | "item.restored" | "location.created" | "location.updated" | "location.archived" | "location.restored" | "movement.posted" | "reservation.held" | "reservation.updated" | "reservation.committed" | "reservation.released" | "reservation.expired" | "import.queued" | "import.running" | "import.done" | "import.failed" | "import.cancelled" | "import.undoing" | "import.undone" | "user.created" | "user.updated" | "user.removed" | "api-key.created" | "api-key.removed" | "webhook.created" | "webhook.updated" | "webhook.disabled" | "webhook.removed";
            /**
             * Format: date-time
             * @description When its transaction began.
             */
            createdAt: string;
            createdBy: components["schemas"]["Actor"];
            /**
             * Format: uuid
             * @description The item, location, movement, reservation, import, person, key or webhook that it is about.
             */
            resourceId: string;
            /** @description The version that the change made, of a resource that has versions. */
            version: number | null;
            /** @description By resource. Movements: `type`, `reference`, `lineCount` and the first 20 `lines` (`item`, `location`, `delta`, `onHandAfter`). Items: `sku`, `name`. Locations: `code`, `name`. Reservations: `reference`, `expiresAt`, `movementId`, `lineCount` and the first 20 `lines`. Imports: `fileName`, `dryRun`. People and keys: `name`. Webhooks: `description`, `enabled`, `disabledReason`. */
            data: {
                [key: string]: unknown;
            };
        };
        EventPage: {
            items: components["schemas"]["Event"][];
            /** @description What to send as `after` next. Never null: a feed has no end. */
            nextCursor: string;
            /** @description Whether more can be read at once. */
            hasMore: boolean;
        };
        Webhook: {
            /** Format: uuid */
            id: string;
            url: string;
            /** @description Types such as `item.created`, or resources for all of their types. Null: all, those of later releases too. */
            types: ("item" | "location" | "movement" | "reservation" | "import" | "user" | "api-key" | "webhook" | "item.created" | "item.updated" | "item.archived" | "item.restored" | "location.created" | "location.updated" | "location.archived" | "location.restored" | "movement.posted" | "reservation.held" | "reservation.updated" | "reservation.committed" | "reservation.released" | "reservation.expired" | "import.queued" | "import.running" | "import.done" | "import.failed" | "import.cancelled" | "import.undoing" | "import.undone" | "user.created" | "user.updated" | "user.removed" | "api-key.created" | "api-key.removed" | "webhook.created" | "webhook.updated" | "webhook.disabled" | "webhook.removed")[] | null;
            description: string;
            enabled: boolean;
            /**
             * @description Why Stockroom disabled it: `failing`, every attempt failed for 24 hours; `gone`, it responded with 410. Null: it did not.
             * @enum {string|null}
             */
            disabledReason: "failing" | "gone" | null;
            /**
             * Format: date-time
             * @description When the first of the failures since the last success was.
             */
            failingSince: string | null;
            /**
             * Format: date-time
             * @description When a failing webhook tries again.
             */
            nextAttemptAt: string | null;
            /** @description The place in the feed of events up to which all are delivered, brought up to date every few seconds. */
            deliveredUpTo: string;
            version: number;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
        };
        NewWebhook: {
            /** Format: uuid */
            id: string;
            url: string;
            /** @description Types such as `item.created`, or resources for all of their types. Null: all, those of later releases too. */
            types: ("item" | "location" | "movement" | "reservation" | "import" | "user" | "api-key" | "webhook" | "item.created" | "item.updated" | "item.archived" | "item.restored" | "location.created" | "location.updated" | "location.archived" | "location.restored" | "movement.posted" | "reservation.held" | "reservation.updated" | "reservation.committed" | "reservation.released" | "reservation.expired" | "import.queued" | "import.running" | "import.done" | "import.failed" | "import.cancelled" | "import.undoing" | "import.undone" | "user.created" | "user.updated" | "user.removed" | "api-key.created" | "api-key.removed" | "webhook.created" | "webhook.updated" | "webhook.disabled" | "webhook.removed")[] | null;
            description: string;
            enabled: boolean;
            /**
             * @description Why Stockroom disabled it: `failing`, every attempt failed for 24 hours; `gone`, it responded with 410. Null: it did not.
             * @enum {string|null}
             */
            disabledReason: "failing" | "gone" | null;
            /**
             * Format: date-time
             * @description When the first of the failures since the last success was.
             */
            failingSince: string | null;
            /**
             * Format: date-time
             * @description When a failing webhook tries again.
             */
            nextAttemptAt: string | null;
            /** @description The place in the feed of events up to which all are delivered, brought up to date every few seconds. */
            deliveredUpTo: string;
            version: number;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
            /** @description Shown this once: verifies `webhook-signature` (Standard Webhooks, HMAC-SHA-256). */
            secret: string;
        };
        CreateWebhook: {
            /** @description https, without user name, password and fragment. What its host resolves to must be public addresses, unless WEBHOOK_ALLOWED_NETWORKS names them. */
            url: string;
            /** @description Types such as `item.created`, or resources for all of their types. Null: all, those of later releases too. */
            types?: ("item" | "location" | "movement" | "reservation" | "import" | "user" | "api-key" | "webhook" | "item.created" | "item.updated" | "item.archived" | "item.restored" | "location.created" | "location.updated" | "location.archived" | "location.restored" | "movement.posted" | "reservation.held" | "reservation.updated" | "reservation.committed" | "reservation.released" | "reservation.expired" | "import.queued" | "import.running" | "import.done" | "import.failed" | "import.cancelled" | "import.undoing" | "import.undone" | "user.created" | "user.updated" | "user.removed" | "api-key.created" | "api-key.removed" | "webhook.created" | "webhook.updated" | "webhook.disabled" | "webhook.removed")[] | null;
            description?: string;
            /** @description Default: true. */
            enabled?: boolean;
        };
        UpdateWebhook: {
            /** @description https, without user name, password and fragment. What its host resolves to must be public addresses, unless WEBHOOK_ALLOWED_NETWORKS names them. */
            url?: string;
            /** @description Types such as `item.created`, or resources for all of their types. Null: all, those of later releases too. */
            types?: ("item" | "location" | "movement" | "reservation" | "import" | "user" | "api-key" | "webhook" | "item.created" | "item.updated" | "item.archived" | "item.restored" | "location.created" | "location.updated" | "location.archived" | "location.restored" | "movement.posted" | "reservation.held" | "reservation.updated" | "reservation.committed" | "reservation.released" | "reservation.expired" | "import.queued" | "import.running" | "import.done" | "import.failed" | "import.cancelled" | "import.undoing" | "import.undone" | "user.created" | "user.updated" | "user.removed" | "api-key.created" | "api-key.removed" | "webhook.created" | "webhook.updated" | "webhook.disabled" | "webhook.removed")[] | null;
            description?: string;
            /** @description Default: true. */
            enabled?: boolean;
        };
        WebhookDelivery: {
            /** Format: uuid */
            id: string;
            /** @description The `webhook-id` that was sent: the id of the event, the same at each attempt. Of a test: `test-…`. */
            eventId: string;
            eventType: string;
            /**
             * @description What led to it.
             * @enum {string}
             */
            trigger: "event" | "test" | "redelivery";
            /** @enum {string} */
            state: "queued" | "delivered" | "failed";
            /** @description Its number among the attempts for this event. */
            attempt: number;
            /** @description Of the response. Null: there was none. */
            status: number | null;
            /** @description Why it failed. */
            reason: string | null;
            durationMs: number | null;
            /** Format: date-time */
            createdAt: string;
        };
        DayOfMovements: {
            /** @description A day in `timeZone`. */
            date: string;
            movements: number;
        };
        Summary: {
            items: number;
            locations: number;
            onHand: number;
            /** @description Promised by reservations that are held. */
            reserved: number;
            /** @description In minor units. Exact as it is written, also past 2^53, where a reader that keeps numbers as doubles rounds it. */
            stockValue: number;
            /** @description ISO 4217. */
            currency: string;
            /** @description Items whose available total is at or below their reorder point. */
            lowItems: number;
            /** @description Since midnight in `timeZone`. */
            movementsToday: number;
            /** @description IANA: whose days these are. */
            timeZone: string;
            /** @description The last 30 days, today last. */
            movementsPerDay: components["schemas"]["DayOfMovements"][];
            /** @description Queued or running. */
            importsUnderWay: number;
        };
        ItemName: {
            /** Format: uuid */
            id: string;
            sku: string;
            name: string;
        };
        LowItem: {
            item: components["schemas"]["ItemName"];
            category: string | null;
            unit: string;
            reorderPoint: number;
            /** @description Summed over locations. */
            onHand: number;
            reserved: number;
            /** @description onHand − reserved. */
            available: number;
            /** @description reorderPoint − available. */
            shortage: number;
        };
        StockValue: {
            /** @description Units on hand. */
            units: number;
            /** @description In minor units. Exact as it is written, also past 2^53, where a reader that keeps numbers as doubles rounds it. */
            value: number;
            /** @description Items on hand whose cost is not known; `value` is without them. */
            itemsWithoutCost: number;
            /** @description Units of those items. */
            unitsWithoutCost: number;
        };
        CategoryValue: {
            /** @description Units on hand. */
            units: number;
            /** @description In minor units. Exact as it is written, also past 2^53, where a reader that keeps numbers as doubles rounds it. */
            value: number;
            /** @description Items on hand whose cost is not known; `value` is without them. */
            itemsWithoutCost: number;
            /** @description Units of those items. */
            unitsWithoutCost: number;
            /** @description Null: items without one. */
            category: string | null;
        };
        LocationName: {
            /** Format: uuid */
            id: string;
            code: string;
        };
        LocationValue: {
            /** @description Units on hand. */
            units: number;
            /** @description In minor units. Exact as it is written, also past 2^53, where a reader that keeps numbers as doubles rounds it. */
            value: number;
            /** @description Items on hand whose cost is not known; `value` is without them. */
            itemsWithoutCost: number;
            /** @description Units of those items. */
            unitsWithoutCost: number;
            location: components["schemas"]["LocationName"];
        };
        Valuation: {
            /** @description ISO 4217. */
            currency: string;
            total: components["schemas"]["StockValue"];
            /** @description Those that have stock, the most valuable first, at most 1,000; `total` has all. */
            categories: components["schemas"]["CategoryValue"][];
            /** @description Those that have stock, the most valuable first, at most 1,000; `total` has all. */
            locations: components["schemas"]["LocationValue"][];
        };
        HistoryPoint: {
            /**
             * Format: date-time
             * @description When the movement was booked; of a bucket, when it begins.
             */
            at: string;
            /** @description On hand after it; of a bucket, at its end. */
            last: number;
            /** @description The lowest in the bucket. Of a movement: as `last`. */
            min: number;
            /** @description The highest in the bucket. Of a movement: as `last`. */
            max: number;
        };
        History: {
            /** Format: uuid */
            itemId: string;
            /** Format: uuid */
            locationId: string | null;
            /** Format: date-time */
            from: string;
            /** Format: date-time */
            to: string;
            /** @description On hand when `from` begins. */
            opening: number;
            /** @description How long a bucket is. Null: each point is one movement. */
            bucketSeconds: number | null;
            points: components["schemas"]["HistoryPoint"][];
        };
        ImportReference: {
            /** Format: uuid */
            id: string;
            fileName: string | null;
            /** Format: date-time */
            createdAt: string;
        };
        ImportColumnInfo: {
            heading: string;
            /** @description A field, attribute:<name>, or ignore. */
            target: string;
            /** @description How sure that is. 1: the heading is the field’s own name, or the mapping says so. */
            confidence: number;
            samples: string[];
            /**
             * @description Of a column of numbers. Null: its cells do not show it.
             * @enum {string|null}
             */
            decimal: "point" | "comma" | null;
            /** @description What must be decided with mapping before anything is booked. */
            question: string | null;
        };
        ImportReading: {
            /** @enum {string|null} */
            delimiter: "comma" | "semicolon" | "tab" | "pipe" | null;
            /** @description The sheet that was read. */
            sheet: string | null;
            /** @description All sheets of the workbook. */
            sheets: string[];
            /**
             * @description The decimal sign of the file’s numbers. Null: its cells do not show it.
             * @enum {string|null}
             */
            decimal: "point" | "comma" | null;
            columns: components["schemas"]["ImportColumnInfo"][];
        };
        Import: {
            /** Format: uuid */
            id: string;
            fileName: string | null;
            /** @enum {string} */
            format: "csv" | "xlsx";
            /**
             * @description Null: the file is a workbook.
             * @enum {string|null}
             */
            encoding: "utf-8" | "utf-16le" | "utf-16be" | "windows-1252" | "windows-1250" | "windows-1251" | "windows-1253" | "windows-1254" | "iso-8859-2" | "iso-8859-15" | "macintosh" | "shift_jis" | "gb18030" | "big5" | "euc-kr" | null;
            /** @enum {string} */
            state: "queued" | "running" | "done" | "failed" | "cancelled" | "undoing" | "undone";
            /** @enum {string} */
            mode: "upsert" | "create";
            /** @enum {string} */
            stock: "opening" | "add" | "set" | "ignore";
            dryRun: boolean;
            /** @description The last import of the same file that booked something. */
            sameFileAs: components["schemas"]["ImportReference"] | null;
            /**
             * Format: uuid
             * @description The dry run whose file this is.
             */
            rerunOf: string | null;
            /** @description How the file was read. Null: not read yet. */
            reading: components["schemas"]["ImportReading"] | null;
            /** @description How many rows the file has, its header and empty rows aside. Null: not yet counted. */
            rows: number | null;
            /** @description How many rows are finished, bad ones included: created + updated + failed. */
            done: number;
            /** @description Rows that made an item (with dryRun: that would). */
            created: number;
            /** @description Rows whose item was there already. */
            updated: number;
            /** @description Rows that were left out; GET …/errors says why. */
            failed: number;
            /** @description Rows whose quantity was not booked; GET …/errors says why. */
            stockSkipped: number;
            /** @description The sum of what was (with dryRun: would be) added to stock levels. */
            stockDelta: number;
            /** @description Items that an undo took back. */
            undone: number;
            /** @description Items that an undo left unchanged because they were changed since; GET …/errors names them. */
            notUndone: number;
            /** @description Why the whole file failed. */
            reason: string | null;
            createdBy: components["schemas"]["Actor"];
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            startedAt: string | null;
            /** Format: date-time */
            finishedAt: string | null;
        };
        MappingProposal: {
            columns: components["schemas"]["ImportColumnInfo"][];
        };
        ImportCorrection: {
            /** @description The line that the row begins on. */
            line: number;
            /** @description All its cells. */
            cells: string[];
        };
        RerunImport: {
            /**
             * @description Default: upsert. create: a SKU that exists is an error.
             * @enum {string}
             */
            mode?: "upsert" | "create";
            /** @description true: check every row, change nothing. */
            dryRun?: boolean;
            /**
             * @description What the column quantity does. opening (default): books a receipt where the item has no movement at the location yet; other rows say so. add: books a receipt. set: the level becomes the quantity. ignore: nothing.
             * @enum {string}
             */
            stock?: "opening" | "add" | "set" | "ignore";
            /** @description true: import the file although the same one (SHA-256) was imported before. */
            again?: boolean;
            /**
             * @description Default: detected.
             * @enum {string}
             */
            delimiter?: "comma" | "semicolon" | "tab" | "pipe";
            /**
             * @description How numbers are written. Default: detected.
             * @enum {string}
             */
            decimal?: "point" | "comma";
            /** @description Of a workbook, the sheet’s name. Default: the first one. */
            sheet?: string;
            /** @description By heading, what each column is for: sku, name, description, barcode, moreBarcodes, category, unit, unitCost, reorderPoint, attributes, location, quantity, attribute:<name>, or ignore. Columns that are left out are matched automatically. */
            mapping?: {
                [key: string]: string;
            };
            /**
             * @description Of a CSV file.
             * @enum {string}
             */
            encoding?: "utf-8" | "utf-16le" | "utf-16be" | "windows-1252" | "windows-1250" | "windows-1251" | "windows-1253" | "windows-1254" | "iso-8859-2" | "iso-8859-15" | "macintosh" | "shift_jis" | "gb18030" | "big5" | "euc-kr";
            /** @description Rows that replace those of the file that begin on the same lines. Earlier corrections stay. */
            corrections?: components["schemas"]["ImportCorrection"][];
        };
        ImportRowError: {
            /** @description The heading. Empty: the row as a whole. */
            column: string;
            reason: string;
        };
        FailedRow: {
            line: number;
            cells: string[];
            errors: components["schemas"]["ImportRowError"][];
        };
        ItemWarning: {
            /** @description JSON pointer of the field. */
            pointer: string;
            detail: string;
        };
        Item: {
            /** Format: uuid */
            id: string;
            sku: string;
            name: string;
            description: string;
            /** @description The first of its barcodes. */
            barcode: string | null;
            barcodes: string[];
            category: string | null;
            unit: string;
            unitCost: number | null;
            reorderPoint: number | null;
            attributes: {
                [key: string]: string;
            };
            /** @description Names the photo at `/items/{id}/photo`: another photo has another one. Null: it has none. */
            photo: string | null;
            /** Format: date-time */
            archivedAt: string | null;
            version: number;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
            /** @description Who made or changed it last. Null: it was last changed before this was kept. */
            updatedBy: components["schemas"]["Actor"] | null;
            /** @description Summed over locations. */
            onHand: number;
            /** @description Promised by reservations that are held. */
            reserved: number;
            /** @description onHand − reserved; below 0 where a count found less than was promised. */
            available: number;
            /** @description Only where one item is read or changed, and something is most likely a mistake. */
            warnings?: components["schemas"]["ItemWarning"][];
        };
        CreateItem: {
            sku: string;
            name: string;
            description?: string;
            /** @description The first of its barcodes. Unique: a GTIN is the same with 8, 12, 13 or 14 digits. Without `barcodes`, the others stay; null takes the first away. */
            barcode?: string | null;
            /** @description All of its barcodes, each unique among those of all items. */
            barcodes?: string[];
            category?: string | null;
            /** @description What quantities count. Default: each. */
            unit?: string;
            /** @description In minor units of the deployment’s currency. Null: not known. */
            unitCost?: number | null;
            /** @description The item is low when its available total is at or below this. Null: never. */
            reorderPoint?: number | null;
            attributes?: {
                [key: string]: string;
            };
        };
        Facet: {
            value: string;
            /** @description How many items have it. */
            count: number;
        };
        ItemFacets: {
            categories: components["schemas"]["Facet"][];
            units: components["schemas"]["Facet"][];
            /** @description The names of their attributes. */
            attributes: components["schemas"]["Facet"][];
        };
        UpdateItem: {
            sku?: string;
            name?: string;
            description?: string;
            /** @description The first of its barcodes. Unique: a GTIN is the same with 8, 12, 13 or 14 digits. Without `barcodes`, the others stay; null takes the first away. */
            barcode?: string | null;
            /** @description All of its barcodes, each unique among those of all items. */
            barcodes?: string[];
            category?: string | null;
            /** @description What quantities count. Default: each. */
            unit?: string;
            /** @description In minor units of the deployment’s currency. Null: not known. */
            unitCost?: number | null;
            /** @description The item is low when its available total is at or below this. Null: never. */
            reorderPoint?: number | null;
            attributes?: {
                [key: string]: string;
            };
            /** @description false restores it. */
            archived?: boolean;
        };
        ItemChangeResult: {
            /** Format: uuid */
            id: string;
            /** @description The item as it is now. Null: it was not changed. */
            item: components["schemas"]["Item"] | null;
            /** @description Why it was not changed. */
            reason: string | null;
        };
        ItemChangeResults: {
            /** @description In the order of the request. */
            items: components["schemas"]["ItemChangeResult"][];
        };
        ItemChange: {
            category?: string | null;
            /** @description In minor units of the deployment’s currency. Null: not known. */
            unitCost?: number | null;
            /** @description The item is low when its available total is at or below this. Null: never. */
            reorderPoint?: number | null;
            /** Format: uuid */
            id: string;
            /** @description The version that the change was made for. An item that has another one by now is left alone. */
            version?: number;
            /** @description true: archives the item, and goes without other fields. false: restores it. */
            archived?: boolean;
        };
        UpdateItems: {
            items: components["schemas"]["ItemChange"][];
            /** @description true: all changes are made, or none. Default: each by itself. */
            atomic?: boolean;
        };
        Location: {
            /** Format: uuid */
            id: string;
            code: string;
            name: string;
            /** Format: date-time */
            archivedAt: string | null;
            version: number;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
            /** @description Who made or changed it last. Null: it was last changed before this was kept. */
            updatedBy: components["schemas"]["Actor"] | null;
        };
        CreateLocation: {
            code: string;
            name: string;
        };
        UpdateLocation: {
            code?: string;
            name?: string;
            /** @description false restores it. */
            archived?: boolean;
        };
        Availability: {
            /** @description Null: there is no such item, so nothing of it is available. */
            item: components["schemas"]["ItemName"] | null;
            /** @description At these locations together. */
            onHand: number;
            reserved: number;
            /** @description onHand − reserved. */
            available: number;
        };
        Availabilities: {
            /** @description In the order of the request. */
            items: components["schemas"]["Availability"][];
        };
        AvailabilityQuery: {
            items: (string | {
                sku: string;
            })[];
            /** @description Default: all locations. */
            locations?: (string | {
                code: string;
            })[];
        };
        StockLevel: {
            item: components["schemas"]["ItemName"];
            location: components["schemas"]["LocationName"];
            onHand: number;
            reserved: number;
            /** @description onHand − reserved; below 0 where a count found less than was promised. */
            available: number;
            /** Format: date-time */
            updatedAt: string;
        };
        MovementLine: {
            item: components["schemas"]["ItemName"];
            location: components["schemas"]["LocationName"];
            delta: number;
            onHandAfter: number;
            reason: string | null;
        };
        Movement: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            type: "receipt" | "issue" | "transfer" | "adjustment" | "count" | "reversal";
            reference: string | null;
            note: string | null;
            /**
             * Format: uuid
             * @description The movement that this one undoes.
             */
            reverses: string | null;
            /**
             * Format: uuid
             * @description The movement that undid this one.
             */
            reversedBy: string | null;
            createdBy: components["schemas"]["Actor"];
            /** Format: date-time */
            createdAt: string;
            /** @description How many lines it has. */
            lineCount: number;
            /** @description In a list: the first 20. */
            lines: components["schemas"]["MovementLine"][];
        };
        QuantityLine: {
            item: string | {
                sku: string;
            };
            location: string | {
                code: string;
            };
            quantity: number;
            /** @description Refuse everything where the level found is not this (for a transfer: at `from`). */
            expectedOnHand?: number;
        };
        CreateReceipt: {
            /** @description Your document’s number. */
            reference?: string | null;
            note?: string | null;
            /** @enum {string} */
            type: "receipt";
            lines: components["schemas"]["QuantityLine"][];
        };
        CreateIssue: {
            /** @description Your document’s number. */
            reference?: string | null;
            note?: string | null;
            /** @enum {string} */
            type: "issue";
            lines: components["schemas"]["QuantityLine"][];
        };
        TransferLine: {
            item: string | {
                sku: string;
            };
            from: string | {
                code: string;
            };
            to: string | {
                code: string;
            };
            quantity: number;
            /** @description Refuse everything where the level found is not this (for a transfer: at `from`). */
            expectedOnHand?: number;
        };
        CreateTransfer: {
            /** @description Your document’s number. */
            reference?: string | null;
            note?: string | null;
            /** @enum {string} */
            type: "transfer";
            lines: components["schemas"]["TransferLine"][];
        };
        AdjustmentLine: {
            item: string | {
                sku: string;
            };
            location: string | {
                code: string;
            };
            delta: number;
            reason: string;
            /** @description Refuse everything where the level found is not this (for a transfer: at `from`). */
            expectedOnHand?: number;
        };
        CreateAdjustment: {
            /** @description Your document’s number. */
            reference?: string | null;
            note?: string | null;
            /** @enum {string} */
            type: "adjustment";
            lines: components["schemas"]["AdjustmentLine"][];
        };
        CountLine: {
            item: string | {
                sku: string;
            };
            location: string | {
                code: string;
            };
            counted: number;
            /** @description Refuse everything where the level found is not this (for a transfer: at `from`). */
            expectedOnHand?: number;
        };
        CreateCount: {
            /** @description Your document’s number. */
            reference?: string | null;
            note?: string | null;
            /** @enum {string} */
            type: "count";
            lines: components["schemas"]["CountLine"][];
        };
        ReverseMovement: {
            /** @description Your document’s number. */
            reference?: string | null;
            note?: string | null;
        };
        ReservationLine: {
            item: components["schemas"]["ItemName"];
            location: components["schemas"]["LocationName"];
            quantity: number;
        };
        Reservation: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            state: "held" | "committed" | "released" | "expired";
            reference: string | null;
            /** Format: date-time */
            expiresAt: string;
            /** Format: date-time */
            endedAt: string | null;
            /**
             * Format: uuid
             * @description The last movement that issued stock of it.
             */
            movementId: string | null;
            createdBy: components["schemas"]["Actor"];
            version: number;
            /** Format: date-time */
            createdAt: string;
            /** @description How many lines it has. */
            lineCount: number;
            /** @description In a list: the first 20. */
            lines: components["schemas"]["ReservationLine"][];
        };
        ReservationLineInput: {
            item: string | {
                sku: string;
            };
            /** @description Default: the API chooses by `strategy`, possibly several locations. */
            location?: string | {
                code: string;
            };
            quantity: number;
        };
        CreateReservation: {
            reference?: string | null;
            /** @description How long it is held. Default: 900. */
            ttlSeconds?: number;
            /**
             * @description Where lines without a location are held. one-location-first: at the first location, by code, that has the whole line, else as most-stock. priority: by code, what each has. most-stock: at the location that has most, then the next. Default: one-location-first.
             * @enum {string}
             */
            strategy?: "one-location-first" | "priority" | "most-stock";
            lines: components["schemas"]["ReservationLineInput"][];
        };
        UpdateReservation: {
            reference?: string | null;
            /** @description How long it is held from now on, whatever time is left. */
            ttlSeconds?: number;
        };
        CommitLine: {
            item: string | {
                sku: string;
            };
            location: string | {
                code: string;
            };
            /** @description At most what the reservation holds of it there. */
            quantity: number;
        };
        CommitReservation: {
            /** @description What is issued. Default: all that is held. */
            lines?: components["schemas"]["CommitLine"][];
            /** @description true: what is not issued stays held, until the same time; once nothing is left, the reservation is committed. Default: it is released. */
            keepRest?: boolean;
        };
        AuditSubject: {
            /** @enum {string} */
            kind: "item" | "location" | "import" | "user" | "api-key" | "webhook";
            /** Format: uuid */
            id: string;
            /** @description Its SKU, code, file name, name or description as it is now, or the server of its URL. Of one that was removed, the last. */
            name: string;
        };
        AuditChange: {
            /** @enum {string} */
            field: "sku" | "name" | "description" | "barcode" | "moreBarcodes" | "category" | "unit" | "unitCost" | "reorderPoint" | "attributes" | "photo" | "code" | "fileName" | "mode" | "stock" | "state" | "email" | "role" | "password" | "twoFactor" | "prefix" | "expiresAt" | "url" | "types" | "enabled" | "secret";
            /** @description The value before. Of attributes, those that differ. Of a password or secret, always null. */
            from: (string | number | boolean | {
                [key: string]: string;
            }) | null;
            /** @description The value after. Of attributes, those that differ. Of a password or secret, always null. */
            to: (string | number | boolean | {
                [key: string]: string;
            }) | null;
        };
        AuditEntry: {
            /** Format: uuid */
            id: string;
            /** Format: date-time */
            createdAt: string;
            createdBy: components["schemas"]["Actor"];
            /**
             * Format: uuid
             * @description The session of a person. Null for keys, and for callers who are no admin.
             */
            sessionId: string | null;
            /** @description The address that the request came from. Null where there was none, and for callers who are no admin. */
            address: string | null;
            /**
             * Format: uuid
             * @description The import that made the change, or whose undo did.
             */
            importId: string | null;
            /** @enum {string} */
            action: "created" | "updated" | "archived" | "restored" | "removed";
            subject: components["schemas"]["AuditSubject"];
            changes: components["schemas"]["AuditChange"][];
        };
        Problem: {
            /** Format: uri-reference */
            type: string;
            title: string;
            status: number;
            detail: string;
            instance: string;
            requestId: string;
            errors?: {
                /** @description JSON pointer (RFC 6901) */
                pointer: string;
                detail: string;
            }[];
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    explainProblems: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                kind: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProblemExplanation"];
                };
            };
        };
    };
    signInSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SignIn"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewSession"];
                };
            };
        };
    };
    refreshSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RefreshSession"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
        };
    };
    currentSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CurrentSession"];
                };
            };
        };
    };
    signOutSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    requestPasswordReset: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RequestPasswordReset"];
            };
        };
        responses: {
            /** @description Done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    confirmPasswordReset: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ConfirmPasswordReset"];
            };
        };
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    getCaller: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CurrentCaller"];
                };
            };
        };
    };
    getAccount: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Account"];
                };
            };
        };
    };
    updateAccount: {
        parameters: {
            query?: never;
            header?: {
                /** @description Entity tags. Where none of them is current: 412, and nothing changes. */
                "If-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateAccount"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Account"];
                };
            };
        };
    };
    changePasswordAccount: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangePassword"];
            };
        };
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    setUpTotpAccount: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OwnPassword"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TotpSecret"];
                };
            };
        };
    };
    confirmTotpAccount: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ConfirmTotp"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecoveryCodes"];
                };
            };
        };
    };
    disableTotpAccount: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OwnPassword"];
            };
        };
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    sessionsAccount: {
        parameters: {
            query?: {
                /** @description How many rows at most. Default: 50. */
                limit?: number;
                /** @description Where to go on: `nextCursor` of the page before. */
                cursor?: string;
                /** @description Count the rows of the whole list, up to 10,000. */
                count?: boolean;
                /** @description strong: with every change that was answered before. eventual: a read replica may serve it, where there is one, in a state at most some seconds old. Default: strong. */
                consistency?: "strong" | "eventual";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["AccountSession"][];
                        nextCursor: string | null;
                        count?: number;
                        countIsCapped?: boolean;
                    };
                };
            };
        };
    };
    endSessionAccount: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    listUsers: {
        parameters: {
            query?: {
                /** @description How many rows at most. Default: 50. */
                limit?: number;
                /** @description Where to go on: `nextCursor` of the page before. */
                cursor?: string;
                /** @description Count the rows of the whole list, up to 10,000. */
                count?: boolean;
                /** @description strong: with every change that was answered before. eventual: a read replica may serve it, where there is one, in a state at most some seconds old. Default: strong. */
                consistency?: "strong" | "eventual";
                /** @description Default: email. */
                sort?: "email" | "-email" | "createdAt" | "-createdAt";
                /** @description Exact address, in any case. */
                email?: string;
                /** @description Those of one role only. */
                role?: "viewer" | "operator" | "admin";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["User"][];
                        nextCursor: string | null;
                        count?: number;
                        countIsCapped?: boolean;
                    };
                };
            };
        };
    };
    createUser: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body within 24 hours get the first response again. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateUser"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
        };
    };
    getUser: {
        parameters: {
            query?: never;
            header?: {
                /** @description Entity tags. Where one of them is still current: 304. */
                "If-None-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Changes whenever the body does. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            /** @description It has not changed. */
            304: {
                headers: {
                    /** @description Changes whenever the body does. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    removeUser: {
        parameters: {
            query?: never;
            header?: {
                /** @description Entity tags. Where none of them is current: 412, and nothing changes. */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    updateUser: {
        parameters: {
            query?: never;
            header?: {
                /** @description Entity tags. Where none of them is current: 412, and nothing changes. */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateUser"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
        };
    };
    resetTotpUser: {
        parameters: {
            query?: never;
            header?: {
                /** @description Entity tags. Where none of them is current: 412, and nothing changes. */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    listKeys: {
        parameters: {
            query?: {
                /** @description How many rows at most. Default: 50. */
                limit?: number;
                /** @description Where to go on: `nextCursor` of the page before. */
                cursor?: string;
                /** @description Count the rows of the whole list, up to 10,000. */
                count?: boolean;
                /** @description strong: with every change that was answered before. eventual: a read replica may serve it, where there is one, in a state at most some seconds old. Default: strong. */
                consistency?: "strong" | "eventual";
                /** @description Default: createdAt. */
                sort?: "createdAt" | "-createdAt";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ApiKey"][];
                        nextCursor: string | null;
                        count?: number;
                        countIsCapped?: boolean;
                    };
                };
            };
        };
    };
    createKey: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body within 24 hours get the first response again. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateApiKey"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewApiKey"];
                };
            };
        };
    };
    removeKey: {
        parameters: {
            query?: never;
            header?: {
                /** @description Entity tags. Where none of them is current: 412, and nothing changes. */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    listEvents: {
        parameters: {
            query?: {
                /** @description How many events at most. Default: 100. */
                limit?: number;
                /** @description Where to go on: `nextCursor` of the page before, or the `id` of an event. `latest`: only what happens from now on. Default: from the oldest event that is kept. */
                after?: string;
                /** @description Only these, separated by commas: types such as `item.created`, or resources (item, location, movement, reservation, import, user, api-key, webhook) for all of their types. Default: all that the caller may read. */
                types?: string;
            };
            header?: {
                /** @description With `Accept: text/event-stream`: where to go on. It takes precedence over `after`. */
                "Last-Event-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventPage"];
                    "text/event-stream": string;
                };
            };
        };
    };
    listWebhooks: {
        parameters: {
            query?: {
                /** @description How many rows at most. Default: 50. */
                limit?: number;
                /** @description Where to go on: `nextCursor` of the page before. */
                cursor?: string;
                /** @description Count the rows of the whole list, up to 10,000. */
                count?: boolean;
                /** @description strong: with every change that was answered before. eventual: a read replica may serve it, where there is one, in a state at most some seconds old. Default: strong. */
                consistency?: "strong" | "eventual";
                /** @description Default: createdAt. */
                sort?: "createdAt" | "-createdAt";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Webhook"][];
                        nextCursor: string | null;
                        count?: number;
                        countIsCapped?: boolean;
                    };
                };
            };
        };
    };
    createWebhook: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body within 24 hours get the first response again. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateWebhook"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewWebhook"];
                };
            };
        };
    };
    getWebhook: {
        parameters: {
            query?: never;
            header?: {
                /** @description Entity tags. Where one of them is still current: 304. */
                "If-None-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Changes whenever the body does. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            /** @description It has not changed. */
            304: {
                headers: {
                    /** @description Changes whenever the body does. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    removeWebhook: {
        parameters: {
            query?: never;
            header?: {
                /** @description Entity tags. Where none of them is current: 412, and nothing changes. */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    updateWebhook: {
        parameters: {
            query?: never;
            header?: {
                /** @description Entity tags. Where none of them is current: 412, and nothing changes. */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateWebhook"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
        };
    };
    rotateSecretWebhook: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body within 24 hours get the first response again. */
                "Idempotency-Key"?: string;
                /** @description Entity tags. Where none of them is current: 412, and nothing changes. */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewWebhook"];
                };
            };
        };
    };
    testWebhook: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body within 24 hours get the first response again. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookDelivery"];
                };
            };
        };
    };
    listDeliveriesWebhook: {
        parameters: {
            query?: {
                /** @description How many rows at most. Default: 50. */
                limit?: number;
                /** @description Where to go on: `nextCursor` of the page before. */
                cursor?: string;
                /** @description Count the rows of the whole list, up to 10,000. */
                count?: boolean;
                /** @description strong: with every change that was answered before. eventual: a read replica may serve it, where there is one, in a state at most some seconds old. Default: strong. */
                consistency?: "strong" | "eventual";
                state?: "queued" | "delivered" | "failed";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["WebhookDelivery"][];
                        nextCursor: string | null;
                        count?: number;
                        countIsCapped?: boolean;
                    };
                };
            };
        };
    };
    redeliverWebhook: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body within 24 hours get the first response again. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
                deliveryId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookDelivery"];
                };
            };
        };
    };
    summaryReport: {
        parameters: {
            query?: {
                /** @description strong: with every change that was answered before. eventual: a read replica may serve it, where there is one, in a state at most some seconds old. Default: eventual. */
                consistency?: "strong" | "eventual";
                /** @description IANA. A day begins at its midnight. Default: that of the deployment, else UTC. */
                timeZone?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Summary"];
                };
            };
        };
    };
    lowStockReport: {
        parameters: {
            query?: {
                /** @description How many rows at most. Default: 50. */
                limit?: number;
                /** @description Where to go on: `nextCursor` of the page before. */
                cursor?: string;
                /** @description Count the rows of the whole list, up to 10,000. */
                count?: boolean;
                /** @description strong: with every change that was answered before. eventual: a read replica may serve it, where there is one, in a state at most some seconds old. Default: eventual. */
                consistency?: "strong" | "eventual";
                /** @description Default: -shortage, the largest first. */
                sort?: "-shortage" | "sku";
                /** @description Exact category. */
                category?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["LowItem"][];
                        nextCursor: string | null;
                        count?: number;
                        countIsCapped?: boolean;
                    };
                };
            };
        };
    };
    valuationReport: {
        parameters: {
            query?: {
                /** @description strong: with every change that was answered before. eventual: a read replica may serve it, where there is one, in a state at most some seconds old. Default: eventual. */
                consistency?: "strong" | "eventual";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Valuation"];
                };
            };
        };
    };
    historyReport: {
        parameters: {
            query: {
                itemId: string;
                /** @description Default: all locations together. */
                locationId?: string;
                /** @description Default: the first movement. */
                from?: string;
                /** @description Up to, but without, this time. Default: now. */
                to?: string;
                /** @description strong: with every change that was answered before. eventual: a read replica may serve it, where there is one, in a state at most some seconds old. Default: eventual. */
                consistency?: "strong" | "eventual";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["History"];
                };
            };
        };
    };
    listImports: {
        parameters: {
            query?: {
                /** @description How many rows at most. Default: 50. */
                limit?: number;
                /** @description Where to go on: `nextCursor` of the page before. */
                cursor?: string;
                /** @description Count the rows of the whole list, up to 10,000. */
                count?: boolean;
                /** @description strong: with every change that was answered before. eventual: a read replica may serve it, where there is one, in a state at most some seconds old. Default: strong. */
                consistency?: "strong" | "eventual";
                /** @description Those in this state. */
                state?: "queued" | "running" | "done" | "failed" | "cancelled" | "undoing" | "undone";
                /** @description false: those that booked something. true: those that only checked. */
                dryRun?: boolean;
                /** @description The one that booked this movement. */
                movementId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Import"][];
                        nextCursor: string | null;
                        count?: number;
                        countIsCapped?: boolean;
                    };
                };
            };
        };
    };
    createImport: {
        parameters: {
            query?: {
                /** @description Default: upsert. create: a SKU that exists is an error. */
                mode?: "upsert" | "create";
                /** @description true: check every row, change nothing. */
                dryRun?: boolean;
                /** @description What the column quantity does. opening (default): books a receipt where the item has no movement at the location yet; other rows say so. add: books a receipt. set: the level becomes the quantity. ignore: nothing. */
                stock?: "opening" | "add" | "set" | "ignore";
                /** @description true: import the file although the same one (SHA-256) was imported before. */
                again?: boolean;
                /** @description Default: detected. */
                delimiter?: "comma" | "semicolon" | "tab" | "pipe";
                /** @description How numbers are written. Default: detected. */
                decimal?: "point" | "comma";
                /** @description Of a workbook, the sheet’s name. Default: the first one. */
                sheet?: string;
                /** @description Of a CSV file. Default: detected. */
                encoding?: "utf-8" | "utf-16le" | "utf-16be" | "windows-1252" | "windows-1250" | "windows-1251" | "windows-1253" | "windows-1254" | "iso-8859-2" | "iso-8859-15" | "macintosh" | "shift_jis" | "gb18030" | "big5" | "euc-kr";
                /** @description The file’s name, for the history. */
                fileName?: string;
                /** @description A JSON object. By heading, what each column is for: sku, name, description, barcode, moreBarcodes, category, unit, unitCost, reorderPoint, attributes, location, quantity, attribute:<name>, or ignore. Columns that are left out are matched automatically. */
                mapping?: string;
            };
            header?: {
                /** @description The same key and body within 24 hours get the first response again. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        /**
         * @description CSV (RFC 4180) in UTF-8, UTF-16 or Windows-1252 with a header, delimiter comma, semicolon, tab or pipe; or an Excel workbook
         *     (.xlsx). Columns: sku, name, description, barcode, moreBarcodes, category, unit, unitCost, reorderPoint, attributes, location, quantity, under these names or usual ones in English, German, French and Spanish, or those of the export
         *     files of Shopify, WooCommerce and Square; any other one becomes an attribute. Only sku is needed, and name where the item is new. An empty
         *     cell leaves its field as it is, or at its default. Amounts and quantities are written as people write them: 4.50, 4,50, $4.50, 1.250,00. A quantity
         *     is booked at its location (MAIN where none is named). attributes holds a JSON object of texts, as the export of the items writes it.
         */
        requestBody: {
            content: {
                "text/csv": string;
                "text/tab-separated-values": string;
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                "application/vnd.ms-excel": string;
            };
        };
        responses: {
            /** @description Done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Import"];
                };
            };
        };
    };
    proposeImport: {
        parameters: {
            query: {
                /** @description The headings as a JSON array of texts. */
                headings: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MappingProposal"];
                };
            };
        };
    };
    getImport: {
        parameters: {
            query?: never;
            header?: {
                /** @description Entity tags. Where one of them is still current: 304. */
                "If-None-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Changes whenever the body does. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Import"];
                };
            };
            /** @description It has not changed. */
            304: {
                headers: {
                    /** @description Changes whenever the body does. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    rerunImport: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body within 24 hours get the first response again. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RerunImport"];
            };
        };
        responses: {
            /** @description Done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Import"];
                };
            };
        };
    };
    cancelImport: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body within 24 hours get the first response again. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Import"];
                };
            };
        };
    };
    undoImport: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body within 24 hours get the first response again. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Import"];
                };
            };
        };
    };
    failedRowsImport: {
        parameters: {
            query?: {
                /** @description How many rows at most. Default: 50. */
                limit?: number;
                /** @description Where to go on: `nextCursor` of the page before. */
                cursor?: string;
                /** @description Count the rows of the whole list, up to 10,000. */
                count?: boolean;
                /** @description strong: with every change that was answered before. eventual: a read replica may serve it, where there is one, in a state at most some seconds old. Default: strong. */
                consistency?: "strong" | "eventual";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["FailedRow"][];
                        nextCursor: string | null;
                        count?: number;
                        countIsCapped?: boolean;
                    };
                };
            };
        };
    };
    failedCsvImport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
        };
    };
    errorsImport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
        };
    };
    itemsExport: {
        parameters: {
            query?: {
                /** @description Exact SKU, in any case. */
                sku?: string;
                /** @description Exact barcode, any of an item’s. A GTIN is found with 8, 12, 13 or 14 digits. */
                barcode?: string;
                /** @description Exact category. */
                category?: string;
                /** @description true: items without a unit cost only. false: those with one. */
                noCost?: boolean;
                /** @description true: items without a barcode only. false: those with one. */
                noBarcode?: boolean;
                /** @description true: items whose available total is at or below their reorder point only. false: the others. */
                low?: boolean;
                /** @description true: items of which nothing is available only. false: the others. */
                out?: boolean;
                /** @description Items of which some are on hand at this location. */
                locationId?: string;
                /** @description Items whose own fields were changed at this time or later. */
                updatedSince?: string;
                /** @description true: archived items only. Default: those that are not. */
                archived?: boolean;
                /** @description Words, matched by prefix over SKU, name, barcode and category; a typo still finds the item. */
                q?: string;
                /** @description true: for a spreadsheet program. Begins with a byte order mark, and cells that would be taken for a formula begin with an apostrophe. Default: as it is stored, to be imported again. */
                spreadsheet?: boolean;
                /** @description strong: with every change that was answered before. eventual: a read replica may serve it, where there is one, in a state at most some seconds old. Default: eventual. */
                consistency?: "strong" | "eventual";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
        };
    };
    stockExport: {
        parameters: {
            query?: {
                itemId?: string;
                locationId?: string;
                /** @description true: only items whose available total is at or below their reorder point. */
                low?: boolean;
                /** @description true: for a spreadsheet program. Begins with a byte order mark, and cells that would be taken for a formula begin with an apostrophe. Default: as it is stored, to be imported again. */
                spreadsheet?: boolean;
                /** @description strong: with every change that was answered before. eventual: a read replica may serve it, where there is one, in a state at most some seconds old. Default: eventual. */
                consistency?: "strong" | "eventual";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
        };
    };
    movementsExport: {
        parameters: {
            query?: {
                type?: "receipt" | "issue" | "transfer" | "adjustment" | "count" | "reversal";
                itemId?: string;
                locationId?: string;
                /** @description Who did it. */
                actorId?: string;
                /** @description Exact reference. */
                reference?: string;
                /** @description From this time on. */
                from?: string;
                /** @description Before this time. */
                to?: string;
                /** @description true: for a spreadsheet program. Begins with a byte order mark, and cells that would be taken for a formula begin with an apostrophe. Default: as it is stored, to be imported again. */
                spreadsheet?: boolean;
                /** @description strong: with every change that was answered before. eventual: a read replica may serve it, where there is one, in a state at most some seconds old. Default: eventual. */
                consistency?: "strong" | "eventual";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
        };
    };
    auditExport: {
        parameters: {
            query?: {
                /** @description true: for a spreadsheet program. Begins with a byte order mark, and cells that would be taken for a formula begin with an apostrophe. Default: as it is stored, to be imported again. */
                spreadsheet?: boolean;
                /** @description strong: with every change that was answered before. eventual: a read replica may serve it, where there is one, in a state at most some seconds old. Default: eventual. */
                consistency?: "strong" | "eventual";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
        };
    };
    listItems: {
        parameters: {
            query?: {
                /** @description Exact SKU, in any case. */
                sku?: string;
                /** @description Exact barcode, any of an item’s. A GTIN is found with 8, 12, 13 or 14 digits. */
                barcode?: string;
                /** @description Exact category. */
                category?: string;
                /** @description true: items without a unit cost only. false: those with one. */
                noCost?: boolean;
                /** @description true: items without a barcode only. false: those with one. */
                noBarcode?: boolean;
                /** @description true: items whose available total is at or below their reorder point only. false: the others. */
                low?: boolean;
                /** @description true: items of which nothing is available only. false: the others. */
                out?: boolean;
                /** @description Items of which some are on hand at this location. */
                locationId?: string;
                /** @description Items whose own fields were changed at this time or later. */
                updatedSince?: string;
                /** @description true: archived items only. Default: those that are not. */
                archived?: boolean;
                /** @description Words, matched by prefix over SKU, name, barcode and category; a typo still finds the item. */
                q?: string;
                /** @description How many rows at most. Default: 50. */
                limit?: number;
                /** @description Where to go on: `nextCursor` of the page before. */
                cursor?: string;
                /** @description Count the rows of the whole list, up to 10,000. */
                count?: boolean;
                /** @description strong: with every change that was answered before. eventual: a read replica may serve it, where there is one, in a state at most some seconds old. Default: strong. */
                consistency?: "strong" | "eventual";
                /** @description Default: sku. With `q`, the best match comes first and `sort` is refused. By onHand, available or updatedAt, an item that changes between two pages may be on both or on neither. */
                sort?: "sku" | "-sku" | "name" | "-name" | "createdAt" | "-createdAt" | "updatedAt" | "-updatedAt" | "reorderPoint" | "-reorderPoint" | "onHand" | "-onHand" | "available" | "-available";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Item"][];
                        nextCursor: string | null;
                        count?: number;
                        countIsCapped?: boolean;
                    };
                };
            };
        };
    };
    createItem: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body within 24 hours get the first response again. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateItem"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Item"];
                };
            };
        };
    };
    updateManyItem: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateItems"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ItemChangeResults"];
                };
            };
        };
    };
    facetsItem: {
        parameters: {
            query?: {
                /** @description strong: with every change that was answered before. eventual: a read replica may serve it, where there is one, in a state at most some seconds old. Default: eventual. */
                consistency?: "strong" | "eventual";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ItemFacets"];
                };
            };
        };
    };
    getItem: {
        parameters: {
            query?: never;
            header?: {
                /** @description Entity tags. Where one of them is still current: 304. */
                "If-None-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Changes whenever the body does. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Item"];
                };
            };
            /** @description It has not changed. */
            304: {
                headers: {
                    /** @description Changes whenever the body does. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    removeItem: {
        parameters: {
            query?: never;
            header?: {
                /** @description Entity tags. Where none of them is current: 412, and nothing changes. */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    updateItem: {
        parameters: {
            query?: never;
            header?: {
                /** @description Entity tags. Where none of them is current: 412, and nothing changes. */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateItem"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Item"];
                };
            };
        };
    };
    listLocations: {
        parameters: {
            query?: {
                /** @description How many rows at most. Default: 50. */
                limit?: number;
                /** @description Where to go on: `nextCursor` of the page before. */
                cursor?: string;
                /** @description Count the rows of the whole list, up to 10,000. */
                count?: boolean;
                /** @description strong: with every change that was answered before. eventual: a read replica may serve it, where there is one, in a state at most some seconds old. Default: strong. */
                consistency?: "strong" | "eventual";
                /** @description Default: code. */
                sort?: "code" | "-code" | "createdAt" | "-createdAt";
                /** @description Exact code, in any case. */
                code?: string;
                /** @description true: archived locations only. Default: those that are not. */
                archived?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Location"][];
                        nextCursor: string | null;
                        count?: number;
                        countIsCapped?: boolean;
                    };
                };
            };
        };
    };
    createLocation: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body within 24 hours get the first response again. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateLocation"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Location"];
                };
            };
        };
    };
    getLocation: {
        parameters: {
            query?: never;
            header?: {
                /** @description Entity tags. Where one of them is still current: 304. */
                "If-None-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Changes whenever the body does. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Location"];
                };
            };
            /** @description It has not changed. */
            304: {
                headers: {
                    /** @description Changes whenever the body does. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    removeLocation: {
        parameters: {
            query?: never;
            header?: {
                /** @description Entity tags. Where none of them is current: 412, and nothing changes. */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    updateLocation: {
        parameters: {
            query?: never;
            header?: {
                /** @description Entity tags. Where none of them is current: 412, and nothing changes. */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateLocation"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Location"];
                };
            };
        };
    };
    getPhoto: {
        parameters: {
            query?: {
                /** @description The item’s `photo`. While it is current, the response may be kept for a year without asking again. */
                version?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/jpeg": string;
                    "image/png": string;
                    "image/webp": string;
                };
            };
        };
    };
    putPhoto: {
        parameters: {
            query?: never;
            header?: {
                /** @description Entity tags. Where none of them is current: 412, and nothing changes. */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** @description A JPEG, PNG or WebP image of up to 204800 bytes. */
        requestBody: {
            content: {
                "image/jpeg": string;
                "image/png": string;
                "image/webp": string;
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Item"];
                };
            };
        };
    };
    removePhoto: {
        parameters: {
            query?: never;
            header?: {
                /** @description Entity tags. Where none of them is current: 412, and nothing changes. */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    readAvailability: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AvailabilityQuery"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Availabilities"];
                };
            };
        };
    };
    listLevels: {
        parameters: {
            query?: {
                itemId?: string;
                locationId?: string;
                /** @description true: only items whose available total is at or below their reorder point. */
                low?: boolean;
                /** @description How many rows at most. Default: 50. */
                limit?: number;
                /** @description Where to go on: `nextCursor` of the page before. */
                cursor?: string;
                /** @description Count the rows of the whole list, up to 10,000. */
                count?: boolean;
                /** @description strong: with every change that was answered before. eventual: a read replica may serve it, where there is one, in a state at most some seconds old. Default: strong. */
                consistency?: "strong" | "eventual";
                /** @description Default: sku. */
                sort?: "sku" | "-sku";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["StockLevel"][];
                        nextCursor: string | null;
                        count?: number;
                        countIsCapped?: boolean;
                    };
                };
            };
        };
    };
    listMovements: {
        parameters: {
            query?: {
                type?: "receipt" | "issue" | "transfer" | "adjustment" | "count" | "reversal";
                itemId?: string;
                locationId?: string;
                /** @description Who did it. */
                actorId?: string;
                /** @description Exact reference. */
                reference?: string;
                /** @description From this time on. */
                from?: string;
                /** @description Before this time. */
                to?: string;
                /** @description How many rows at most. Default: 50. */
                limit?: number;
                /** @description Where to go on: `nextCursor` of the page before. */
                cursor?: string;
                /** @description Count the rows of the whole list, up to 10,000. */
                count?: boolean;
                /** @description strong: with every change that was answered before. eventual: a read replica may serve it, where there is one, in a state at most some seconds old. Default: strong. */
                consistency?: "strong" | "eventual";
                /** @description Default: -createdAt. */
                sort?: "-createdAt" | "createdAt";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Movement"][];
                        nextCursor: string | null;
                        count?: number;
                        countIsCapped?: boolean;
                    };
                };
            };
        };
    };
    postMovement: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body within 24 hours get the first response again. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateReceipt"] | components["schemas"]["CreateIssue"] | components["schemas"]["CreateTransfer"] | components["schemas"]["CreateAdjustment"] | components["schemas"]["CreateCount"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Movement"];
                };
            };
        };
    };
    getMovement: {
        parameters: {
            query?: never;
            header?: {
                /** @description Entity tags. Where one of them is still current: 304. */
                "If-None-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Changes whenever the body does. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Movement"];
                };
            };
            /** @description It has not changed. */
            304: {
                headers: {
                    /** @description Changes whenever the body does. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    reverseMovement: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body within 24 hours get the first response again. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReverseMovement"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Movement"];
                };
            };
        };
    };
    listReservations: {
        parameters: {
            query?: {
                /** @description How many rows at most. Default: 50. */
                limit?: number;
                /** @description Where to go on: `nextCursor` of the page before. */
                cursor?: string;
                /** @description Count the rows of the whole list, up to 10,000. */
                count?: boolean;
                /** @description strong: with every change that was answered before. eventual: a read replica may serve it, where there is one, in a state at most some seconds old. Default: strong. */
                consistency?: "strong" | "eventual";
                /** @description Default: -createdAt. */
                sort?: "-createdAt" | "createdAt";
                state?: "held" | "committed" | "released" | "expired";
                /** @description Those that hold this item. */
                itemId?: string;
                /** @description Exact reference. */
                reference?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Reservation"][];
                        nextCursor: string | null;
                        count?: number;
                        countIsCapped?: boolean;
                    };
                };
            };
        };
    };
    createReservation: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body within 24 hours get the first response again. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateReservation"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Reservation"];
                };
            };
        };
    };
    getReservation: {
        parameters: {
            query?: never;
            header?: {
                /** @description Entity tags. Where one of them is still current: 304. */
                "If-None-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Changes whenever the body does. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Reservation"];
                };
            };
            /** @description It has not changed. */
            304: {
                headers: {
                    /** @description Changes whenever the body does. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    updateReservation: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body within 24 hours get the first response again. */
                "Idempotency-Key"?: string;
                /** @description Entity tags. Where none of them is current: 412, and nothing changes. */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateReservation"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Reservation"];
                };
            };
        };
    };
    commitReservation: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body within 24 hours get the first response again. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["CommitReservation"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Movement"];
                };
            };
        };
    };
    releaseReservation: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body within 24 hours get the first response again. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Reservation"];
                };
            };
        };
    };
    listAudits: {
        parameters: {
            query?: {
                /** @description How many rows at most. Default: 50. */
                limit?: number;
                /** @description Where to go on: `nextCursor` of the page before. */
                cursor?: string;
                /** @description Count the rows of the whole list, up to 10,000. */
                count?: boolean;
                /** @description strong: with every change that was answered before. eventual: a read replica may serve it, where there is one, in a state at most some seconds old. Default: strong. */
                consistency?: "strong" | "eventual";
                /** @description Default: -createdAt. */
                sort?: "createdAt" | "-createdAt";
                /** @description What was changed. Default: all that the caller may read. */
                subjectKind?: "item" | "location" | "import" | "user" | "api-key" | "webhook";
                /** @description Changes of this one. */
                subjectId?: string;
                /** @description Changes by this person or key. */
                actorId?: string;
                /** @description Changes of this field. */
                field?: "sku" | "name" | "description" | "barcode" | "moreBarcodes" | "category" | "unit" | "unitCost" | "reorderPoint" | "attributes" | "photo" | "code" | "fileName" | "mode" | "stock" | "state" | "email" | "role" | "password" | "twoFactor" | "prefix" | "expiresAt" | "url" | "types" | "enabled" | "secret";
                /** @description From this time on. */
                from?: string;
                /** @description Before this time. */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["AuditEntry"][];
                        nextCursor: string | null;
                        count?: number;
                        countIsCapped?: boolean;
                    };
                };
            };
        };
    };
}

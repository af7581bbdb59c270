export interface paths {
    "/crm/associations/2025-09/{fromObjectType}/{toObjectType}/batch/create": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create associations in a batch
         * @description Associates each given pair of records with the given association types. The first
         *     record of every pair is of `fromObjectType`, the second of `toObjectType`.
         */
        post: operations["batchCreateAssociations"];
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
        /** @description The request body of a batch. */
        BatchInputPublicAssociationMultiPost: {
            /** @description The pairs to associate. */
            inputs: components["schemas"]["PublicAssociationMultiPost"][];
        };
        /** @description One pair of records and the types of association between them. */
        PublicAssociationMultiPost: {
            from: components["schemas"]["PublicObjectId"];
            to: components["schemas"]["PublicObjectId"];
            /** @description The association types, which replace those that the pair has. */
            types: components["schemas"]["AssociationSpec"][];
        };
        /** @description A CRM record. */
        PublicObjectId: {
            /** @description The record's id. */
            id: string;
        };
        /** @description A type of association. */
        AssociationSpec: {
            /**
             * @description Who defined the type.
             * @enum {string}
             */
            associationCategory: "HUBSPOT_DEFINED" | "INTEGRATOR_DEFINED" | "USER_DEFINED" | "WORK";
            /**
             * Format: int32
             * @description The type's id, which belongs to one direction.
             */
            associationTypeId: number;
        };
        /** @description The reply to a batch. */
        BatchResponseLabelsBetweenObjectPair: {
            /**
             * Format: date-time
             * @description When the server had finished the batch.
             */
            completedAt: string;
            /** @description The pairs that are associated now. */
            results: components["schemas"]["LabelsBetweenObjectPair"][];
            /**
             * Format: date-time
             * @description When the server began to work on the batch.
             */
            startedAt: string;
            /**
             * @description How far the server is with the batch.
             * @enum {string}
             */
            status: "CANCELED" | "COMPLETE" | "PENDING" | "PROCESSING";
            /** @description What was refused, and why. */
            errors?: components["schemas"]["StandardError"][];
            /** @description Names and addresses of pages about the request. */
            links?: {
                [key: string]: string;
            };
            /**
             * Format: int32
             * @description How many errors there were, which need not be the number of refused pairs.
             */
            numErrors?: number;
            /**
             * Format: date-time
             * @description When the server took the request in.
             */
            requestedAt?: string;
        };
        /** @description The reply to a batch of which a part was refused. The page gives both replies the same members. */
        BatchResponseLabelsBetweenObjectPairWithErrors: {
            /**
             * Format: date-time
             * @description When the server had finished the batch.
             */
            completedAt: string;
            /** @description The pairs that are associated now. */
            results: components["schemas"]["LabelsBetweenObjectPair"][];
            /**
             * Format: date-time
             * @description When the server began to work on the batch.
             */
            startedAt: string;
            /**
             * @description How far the server is with the batch.
             * @enum {string}
             */
            status: "CANCELED" | "COMPLETE" | "PENDING" | "PROCESSING";
            /** @description What was refused, and why. */
            errors?: components["schemas"]["StandardError"][];
            /** @description Names and addresses of pages about the request. */
            links?: {
                [key: string]: string;
            };
            /**
             * Format: int32
             * @description How many errors there were, which need not be the number of refused pairs.
             */
            numErrors?: number;
            /**
             * Format: date-time
             * @description When the server took the request in.
             */
            requestedAt?: string;
        };
        /** @description A pair that is associated, and its labels. */
        LabelsBetweenObjectPair: {
            /** @description The id of the first record. */
            fromObjectId: string;
            /** @description The type id of the first record. */
            fromObjectTypeId: string;
            /** @description The texts of the pair's labels; empty when it has none. */
            labels: string[];
            /** @description The id of the second record. */
            toObjectId: string;
            /** @description The type id of the second record. */
            toObjectTypeId: string;
        };
        /** @description A refusal within a batch. */
        StandardError: {
            /** @description The kind of error. */
            category: string;
            /** @description What the error is about, such as the object type and the record id. */
            context: {
                [key: string]: string[];
            };
            /** @description The error in detail. */
            errors?: components["schemas"]["ErrorDetail"][];
            /** @description Names and addresses of pages about the error. */
            links?: {
                [key: string]: string;
            };
            /** @description What went wrong, for a person to read. */
            message: string;
            /** @description The state that the error stands for. */
            status: string;
            /** @description The id of this occurrence. */
            id?: string;
            /** @description The kind of error, more narrowly. */
            subCategory?: string | Record<string, never>;
        };
        /** @description One detail of an error. */
        ErrorDetail: {
            /** @description What went wrong, for a person to read. */
            message: string;
            /** @description The detail's code. */
            code?: string;
            /** @description What the detail is about, such as the scopes that are missing. */
            context?: {
                [key: string]: string[];
            };
            /** @description The field or parameter at fault. */
            in?: string;
            /** @description The kind of detail. */
            subCategory?: string;
        };
        /** @description A refusal of the whole request. */
        Error: {
            /** @description The kind of error. */
            category: string;
            /**
             * Format: uuid
             * @description The id of the request, which HubSpot's support asks for.
             */
            correlationId: string;
            /** @description What went wrong, for a person to read. */
            message: string;
            /** @description What the error is about. */
            context?: {
                [key: string]: string[];
            };
            /** @description The error in detail. */
            errors?: components["schemas"]["ErrorDetail"][];
            /** @description Names and addresses of pages about the error. */
            links?: {
                [key: string]: string;
            };
            /** @description The kind of error, more narrowly. */
            subCategory?: string;
        };
        /** @description The refusal of a request for which there is no allowance left. It has no category. */
        RateLimitError: {
            /**
             * Format: uuid
             * @description The id of the request, which HubSpot's support asks for.
             */
            correlationId: string;
            /** @description Always RATE_LIMIT. */
            errorType: string;
            /** @description What went wrong, for a person to read. */
            message: string;
            /** @description The allowance that is used up, such as TEN_SECONDLY_ROLLING, SECONDLY or DAILY. */
            policyName: string;
            /** @description Always error. */
            status: string;
            /** @description The group of apps that share the allowance. */
            groupName?: string;
            /** @description A second id of the request. */
            requestId?: string;
        };
    };
    responses: never;
    parameters: {
        /** @description The object type of each pair's first record, by name or by type id. */
        fromObjectType: string;
        /** @description The object type of each pair's second record, by name or by type id. */
        toObjectType: string;
    };
    requestBodies: never;
    headers: {
        /** @description How long to wait, in seconds or as an HTTP date. Not always sent. */
        "Retry-After": string;
        /** @description Requests allowed within the interval. */
        "X-HubSpot-RateLimit-Max": number;
        /** @description Requests left within the interval. */
        "X-HubSpot-RateLimit-Remaining": number;
        /** @description The length of the interval, in milliseconds. */
        "X-HubSpot-RateLimit-Interval-Milliseconds": number;
        /** @description Requests allowed in a day. Not sent to OAuth apps. */
        "X-HubSpot-RateLimit-Daily": number;
        /** @description Requests left today. Not sent to OAuth apps. */
        "X-HubSpot-RateLimit-Daily-Remaining": number;
    };
    pathItems: never;
}
export type BatchInputPublicAssociationMultiPost = components['schemas']['BatchInputPublicAssociationMultiPost'];
export type PublicAssociationMultiPost = components['schemas']['PublicAssociationMultiPost'];
export type PublicObjectId = components['schemas']['PublicObjectId'];
export type AssociationSpec = components['schemas']['AssociationSpec'];
export type BatchResponseLabelsBetweenObjectPair = components['schemas']['BatchResponseLabelsBetweenObjectPair'];
export type BatchResponseLabelsBetweenObjectPairWithErrors = components['schemas']['BatchResponseLabelsBetweenObjectPairWithErrors'];
export type LabelsBetweenObjectPair = components['schemas']['LabelsBetweenObjectPair'];
export type StandardError = components['schemas']['StandardError'];
export type ErrorDetail = components['schemas']['ErrorDetail'];
export type Error = components['schemas']['Error'];
export type RateLimitError = components['schemas']['RateLimitError'];
export type ParameterFromObjectType = components['parameters']['fromObjectType'];
export type ParameterToObjectType = components['parameters']['toObjectType'];
export type HeaderRetryAfter = components['headers']['Retry-After'];
export type HeaderXHubSpotRateLimitMax = components['headers']['X-HubSpot-RateLimit-Max'];
export type HeaderXHubSpotRateLimitRemaining = components['headers']['X-HubSpot-RateLimit-Remaining'];
export type HeaderXHubSpotRateLimitIntervalMilliseconds = components['headers']['X-HubSpot-RateLimit-Interval-Milliseconds'];
export type HeaderXHubSpotRateLimitDaily = components['headers']['X-HubSpot-RateLimit-Daily'];
export type HeaderXHubSpotRateLimitDailyRemaining = components['headers']['X-HubSpot-RateLimit-Daily-Remaining'];
export type $defs = Record<string, never>;
export interface operations {
    batchCreateAssociations: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The object type of each pair's first record, by name or by type id. */
                fromObjectType: components["parameters"]["fromObjectType"];
                /** @description The object type of each pair's second record, by name or by type id. */
                toObjectType: components["parameters"]["toObjectType"];
            };
            cookie?: never;
        };
        /** @description The pairs to associate. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["BatchInputPublicAssociationMultiPost"];
            };
        };
        responses: {
            /** @description Every pair has been associated; the same as 201. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BatchResponseLabelsBetweenObjectPair"];
                };
            };
            /** @description Every pair has been associated. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BatchResponseLabelsBetweenObjectPair"];
                };
            };
            /** @description Some pairs have been associated, others not; `errors` says which and why. */
            207: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BatchResponseLabelsBetweenObjectPairWithErrors"];
                };
            };
            /** @description The request is malformed, or names something that cannot be associated; nothing was. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The access token is missing, unknown or expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The access token lacks a scope that these object types need. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The path is not one of the API's. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description The records are locked by another bulk operation; wait at least two seconds. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description An allowance is used up; `policyName` says which. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    "X-HubSpot-RateLimit-Max": components["headers"]["X-HubSpot-RateLimit-Max"];
                    "X-HubSpot-RateLimit-Remaining": components["headers"]["X-HubSpot-RateLimit-Remaining"];
                    "X-HubSpot-RateLimit-Interval-Milliseconds": components["headers"]["X-HubSpot-RateLimit-Interval-Milliseconds"];
                    "X-HubSpot-RateLimit-Daily": components["headers"]["X-HubSpot-RateLimit-Daily"];
                    "X-HubSpot-RateLimit-Daily-Remaining": components["headers"]["X-HubSpot-RateLimit-Daily-Remaining"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RateLimitError"];
                };
            };
            /** @description The account is being migrated; come back after Retry-After. */
            477: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Any other failure, among them the server's own (5xx). */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
}
type FlattenedDeepRequired<T> = {
    [K in keyof T]-?: FlattenedDeepRequired<T[K] extends unknown[] | undefined | null ? Extract<T[K], unknown[]>[number] : T[K]>;
};
type ReadonlyArray<T> = [
    Exclude<T, undefined>
] extends [
    unknown[]
] ? Readonly<Exclude<T, undefined>> : Readonly<Exclude<T, undefined>[]>;
export declare const associationSpecAssociationCategoryValues: ReadonlyArray<FlattenedDeepRequired<components>["schemas"]["AssociationSpec"]["associationCategory"]>;
export declare const batchResponseLabelsBetweenObjectPairStatusValues: ReadonlyArray<FlattenedDeepRequired<components>["schemas"]["BatchResponseLabelsBetweenObjectPair"]["status"]>;
export declare const batchResponseLabelsBetweenObjectPairWithErrorsStatusValues: ReadonlyArray<FlattenedDeepRequired<components>["schemas"]["BatchResponseLabelsBetweenObjectPairWithErrors"]["status"]>;
export {};

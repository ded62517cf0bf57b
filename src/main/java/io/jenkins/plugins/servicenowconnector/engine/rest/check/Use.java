package io.jenkins.plugins.servicenowconnector.engine.rest.check;

/** What a connector is to be used for, as far as it needs other rights. */
public enum Use {
    /** Looking at tickets, waiting for their approval. */
    READ,
    /** Making tickets. */
    CREATE,
    /** Changing tickets. */
    UPDATE,
    /** Filling import sets. */
    IMPORT,
    /** Attaching files to tickets. */
    ATTACH
}

package io.jenkins.plugins.servicenowconnector.engine.ticket.once;

/**
 * The build that a step belongs to; of a restarted stage the first one.
 *
 * @param jenkins the Jenkins' own instance id
 * @param job the job's full name
 * @param number the build's number
 * @param startMillis when it started, in milliseconds since 1970: numbers can begin anew
 */
public record OriginBuild(String jenkins, String job, int number, long startMillis) {}

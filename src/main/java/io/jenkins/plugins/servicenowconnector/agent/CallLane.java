package io.jenkins.plugins.servicenowconnector.agent;

/**
 * Work that has threads of its own, however long other work takes.
 *
 * @param name what tells it from other lanes
 * @param most how many threads it may hold at one moment; the latest word counts
 */
public record CallLane(String name, int most) {}

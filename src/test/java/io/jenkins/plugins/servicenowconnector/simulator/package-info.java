/**
 * A stand-in for a ServiceNow instance: WireMock in front, in-memory tables behind.
 *
 * <p>It follows what ServiceNow documents, never what our client expects, so nothing here may import the product or
 * Jenkins, except the demo, which brings both together. Facts that nobody could confirm on a real instance are marked {@code [?]}; where two answers are possible a
 * switch chooses one. The rooms call each other downwards only: {@code page, fault → rest → rule → table → instance}.
 */
package io.jenkins.plugins.servicenowconnector.simulator;

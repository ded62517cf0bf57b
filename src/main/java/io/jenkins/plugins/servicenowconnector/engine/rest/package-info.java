/**
 * ServiceNow's own interfaces: encoded queries, values as pairs, the Table API, and what its errors mean. Source of every
 * fact here: ServiceNow's public documentation and recorded answers; unproven ones are named so where they matter.
 */
package io.jenkins.plugins.servicenowconnector.engine.rest;

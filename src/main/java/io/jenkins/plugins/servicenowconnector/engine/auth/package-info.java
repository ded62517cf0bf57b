/** How a request proves who it is from. */
package io.jenkins.plugins.servicenowconnector.engine.auth;

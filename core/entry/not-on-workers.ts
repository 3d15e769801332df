/**
 * Takes the place of packages that Slack's and pg-boss's load for ways of running which a Worker does not have: servers
 * of their own, sockets, installation pages, a driver. Nothing of it is ever called.
 */
// oxlint-disable-next-line import/no-default-export
export default {}

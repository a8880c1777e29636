/** The version of the service and of the command line: that of the package. */
export const version = '0.1.0';

/* global __dirname */
// In the built API, instead of swagger-ui-dist/absolute-path.js, which names the folder that it lies in.
module.exports = () => `${__dirname}/swagger-ui`;

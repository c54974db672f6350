// Read by libraries as they load: without it graphql-js looks at each value twice, for mistakes of programmers.
process.env.NODE_ENV ??= 'production';

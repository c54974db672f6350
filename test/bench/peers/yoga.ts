// GraphQL Yoga as its documentation shows subscriptions: createSchema, createPubSub, one mutation that publishes.
import { createServer } from 'node:http';
import { createPubSub, createSchema, createYoga } from 'graphql-yoga';
import { listen, tellPorts } from './updates.ts';

const pubSub = createPubSub<{ frame: [id: string, frame: { version: number; svg: string }] }>();
let version = 0;

const schema = createSchema({
  typeDefs: /* GraphQL */ `
    type Query {
      hello: String
    }
    type Frame {
      version: Int!
      svg: String!
    }
    type Mutation {
      publish(id: ID!, svg: String!): Int!
    }
    type Subscription {
      frames(sessionId: ID!): Frame!
    }
  `,
  resolvers: {
    Mutation: {
      publish(_: unknown, { id, svg }: { id: string; svg: string }) {
        version += 1;
        pubSub.publish('frame', id, { version, svg });
        return version;
      },
    },
    Subscription: {
      frames: {
        subscribe: (_: unknown, { sessionId }: { sessionId: string }) => pubSub.subscribe('frame', sessionId),
        resolve: (frame: { version: number; svg: string }) => frame,
      },
    },
  },
});

const port = await listen(createServer(createYoga({ schema, logging: 'error' })));
tellPorts({ port, updatePort: port });

// CommonJS companions of Nest (nestjs-pino) would otherwise require() Nest's ES modules in a cycle.
import 'reflect-metadata';
import '@nestjs/common';
import '@nestjs/core';

/** What is used of the peers' packages, so that types can be checked where those are not installed. */

declare module '@goplasmatic/datalogic/web' {
  export default function init(source: { module_or_path: BufferSource }): Promise<unknown>;
  export class CompiledRule {
    constructor(formula: string, preserveStructure: boolean);
    evaluate(data: string): string;
  }
}

declare module '@marcbachmann/cel-js' {
  export class Environment {
    constructor(options: { unlistedVariablesAreDyn: boolean });
    registerFunction(signature: string, handler: (...parameters: any[]) => unknown): this;
    parse(expression: string): (variables: object) => any;
  }
}

declare module 'json-logic-engine' {
  export class LogicEngine {
    addMethod(name: string, method: (parameters: any) => unknown, options: { deterministic: boolean; sync: boolean }): void;
    run(formula: object, data: object): any;
    build(formula: object): (data: object) => any;
  }
}

declare module 'json-logic-js' {
  const jsonLogic: {
    add_operation(name: string, operation: (...parameters: any[]) => unknown): void;
    apply(formula: object, data: object): any;
  };
  export default jsonLogic;
}

declare module 'json-rules-engine' {
  export class Engine {
    constructor(rules: object[], options: { allowUndefinedFacts: boolean; pathResolver: (value: object, path: string) => unknown });
    addOperator(name: string, operator: (found: any, value: any) => boolean): void;
    addRule(rule: { conditions: object; event: { type: string; params: object } }): void;
    run(facts: object): Promise<{ events: { params: any }[] }>;
  }
}

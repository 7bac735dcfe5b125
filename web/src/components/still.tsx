/** A component that is drawn again only when it is given something else: one of hundreds in a list of which one changes. */

import { Component, type ComponentType } from "preact";

export function still<Props extends object>(View: ComponentType<Props>): ComponentType<Props> {
  return class Still extends Component<Props> {
    override shouldComponentUpdate(next: Props): boolean {
      const keys = Object.keys(next) as (keyof Props)[];
      return (
        keys.length !== Object.keys(this.props).length || keys.some((key) => next[key] !== this.props[key])
      );
    }

    override render() {
      return <View {...this.props} />;
    }
  };
}

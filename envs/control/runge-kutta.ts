/** ẏ = f(y, u): writes the rate at which each element of `y` changes under the input `u`. */
export type Rates = (y: Float64Array, input: number, rates: Float64Array) => void;

/**
 * An integrator of ẏ = f(y, u) for rows of `size` numbers: the classical Runge–Kutta method of
 * order 4. Moves `y` ahead in place by `timeStep`, during which the input stays what it is.
 *
 * The rows it works with are made once and carry nothing from one step to the next.
 *
 * Source: Kutta (1901), "Beitrag zur näherungsweisen Integration totaler Differentialgleichungen".
 */
export function rungeKutta(
  size: number,
  rates: Rates,
): (y: Float64Array, input: number, timeStep: number) => void {
  const [k1, k2, k3, k4, point] = Array.from({ length: 5 }, () => new Float64Array(size));
  const ahead = (y: Float64Array, time: number, slope: Float64Array) => {
    for (let i = 0; i < size; i++) point[i] = y[i] + time * slope[i];
    return point;
  };
  return (y, input, timeStep) => {
    rates(y, input, k1);
    rates(ahead(y, timeStep / 2, k1), input, k2);
    rates(ahead(y, timeStep / 2, k2), input, k3);
    rates(ahead(y, timeStep, k3), input, k4);
    for (let i = 0; i < size; i++) {
      y[i] += (timeStep / 6) * (k1[i] + 2 * k2[i] + 2 * k3[i] + k4[i]);
    }
  };
}

namespace ModelDsl.Runtime.Tests.Kernels;

/// <summary>The recurrent layers by their definitions, in double precision, for the outputs of all steps.</summary>
internal sealed class NaiveRecurrence(
    int batch, int steps, int units, bool reverse, Func<int, bool>? isPadding = null)
{
    /// <summary>The output before the first step: [batch, units]; zeros where there is none.</summary>
    public double[]? InitialHidden { get; init; }

    /// <summary>The state before the first step: [batch, units]; zeros where there is none.</summary>
    public double[]? InitialStates { get; init; }

    /// <summary>The states behind the step that is read last: [batch, units].</summary>
    public double[] LastStates { get; } = new double[batch * units];

    /// <summary>The function of a unit for a kind of layer, where the recurrent products have no bias.</summary>
    public static Func<double[], double[], double, double, (double Hidden, double State)> Next(RecurrentKind kind)
    {
        return kind switch
        {
            RecurrentKind.Lstm => Lstm,
            RecurrentKind.Gru => Gru,
            _ => SimpleRnn,
        };

        static (double Hidden, double State) Lstm(double[] x, double[] products, double before, double cell)
        {
            double state = (Gate(x, products, 1) * cell) + (Gate(x, products, 0) * Math.Tanh(x[2] + products[2]));
            return (Gate(x, products, 3) * Math.Tanh(state), state);
        }

        static (double Hidden, double State) Gru(double[] x, double[] products, double before, double cell)
        {
            double update = Gate(x, products, 1);
            double candidate = Math.Tanh(x[2] + (Gate(x, products, 0) * products[2]));
            return (((1 - update) * candidate) + (update * before), 0);
        }

        static (double Hidden, double State) SimpleRnn(double[] x, double[] products, double before, double cell) =>
            (Math.Tanh(x[0] + products[0]), 0);

        static double Gate(double[] x, double[] products, int gate) => Sigmoid(x[gate] + products[gate]);
    }

    /// <summary>
    /// The outputs, with a function that makes unit i of W·x + b, U·h and h; what it returns second is the unit's state.
    /// </summary>
    public double[] Forward(
        FloatSpan projected,
        FloatSpan weight,
        int gates,
        Func<double[], double[], double, double, (double Hidden, double State)> next) =>
        Forward([.. projected.AsSpan().ToArray().Select(x => (double)x)], weight, gates, next);

    /// <summary>As for single precision, for products between whose bits there are others.</summary>
    public double[] Forward(
        double[] projected,
        FloatSpan weight,
        int gates,
        Func<double[], double[], double, double, (double Hidden, double State)> next)
    {
        double[] result = new double[batch * steps * units];
        for (int sample = 0; sample < batch; sample++)
        {
            double[] hidden = Initial(InitialHidden), states = Initial(InitialStates);
            for (int number = 0; number < steps; number++)
            {
                int row = (sample * steps) + (reverse ? steps - 1 - number : number);
                if (isPadding?.Invoke(row) == true)
                {
                    hidden.CopyTo(result, row * units);
                    continue;
                }

                double[] before = hidden;
                hidden = new double[units];
                for (int i = 0; i < units; i++)
                {
                    double[] x =
                        [.. Enumerable.Range(0, gates).Select(gate => projected[(((row * gates) + gate) * units) + i])];
                    double[] products = [.. Enumerable.Range(0, gates).Select(gate =>
                        Enumerable.Range(0, units).Sum(k => before[k] * weight[(((gate * units) + i) * units) + k]))];
                    (hidden[i], states[i]) = next(x, products, before[i], states[i]);
                    result[(row * units) + i] = hidden[i];
                }
            }

            states.CopyTo(LastStates, sample * units);

            double[] Initial(double[]? of) => of?[(sample * units)..((sample + 1) * units)] ?? new double[units];
        }

        return result;
    }

    public static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));
}

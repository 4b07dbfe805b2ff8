namespace ModelDsl;

/// <summary>How a parameter tensor is filled before training.</summary>
/// <param name="Initializer">The distribution.</param>
/// <param name="FanIn">The number of inputs that each output depends on.</param>
/// <param name="FanOut">The number of outputs that each input reaches.</param>
/// <param name="Constant">
/// The value for <see cref="Initializer.Constant"/>, the standard deviation for <see cref="Initializer.Normal"/>.
/// </param>
public readonly record struct Initialization(Initializer Initializer, int FanIn = 1, int FanOut = 1, float Constant = 0f);

/// <summary>Fills the parameters of a new model.</summary>
/// <remarks>
/// Each parameter has its own stream of random numbers, a pure function of the seed and the parameter's index, so its
/// values depend neither on the order of filling nor on threads.
/// </remarks>
internal static class ParameterInitialization
{
    /// <summary>
    /// Fills every parameter of <paramref name="description"/>; leaves the padding between them as it is.
    /// </summary>
    /// <exception cref="ArgumentException">A parameter does not lie within the memory.</exception>
    public static void Fill(ModelDescription description, ulong seed, Span<float> parameters)
    {
        for (int index = 0; index < description.Parameters.Length; index++)
        {
            ParameterDescription parameter = description.Parameters[index];
            if ((long)parameter.Offset + parameter.Shape.Count > parameters.Length)
            {
                throw new ArgumentException(
                    $"{description.Name}: expected {parameter.Name} to end within {parameters.Length} floats, "
                        + $"got {parameter.Offset} + {parameter.Shape.Count}",
                    nameof(description));
            }

            Fill(
                parameter.Initialization,
                new Philox(seed, RandomStreams.Initialization(index)),
                parameters.Slice(parameter.Offset, parameter.Shape.Count));
        }
    }

    private static void Fill(Initialization initialization, Philox random, Span<float> values)
    {
        double glorot = 2.0 / ((double)initialization.FanIn + initialization.FanOut);
        double he = 2.0 / initialization.FanIn;
        switch (initialization.Initializer)
        {
            case Initializer.GlorotUniform:
                FillUniform(random, values, glorot);
                break;
            case Initializer.HeUniform:
                FillUniform(random, values, he);
                break;
            case Initializer.GlorotNormal:
                random.FillNormal(values, 0f, (float)Math.Sqrt(glorot));
                break;
            case Initializer.HeNormal:
                random.FillNormal(values, 0f, (float)Math.Sqrt(he));
                break;
            case Initializer.Normal:
                random.FillNormal(values, 0f, initialization.Constant);
                break;
            case Initializer.Zeros:
                values.Clear();
                break;
            case Initializer.Constant:
                values.Fill(initialization.Constant);
                break;
            default:
                throw new ArgumentOutOfRangeException(
                    nameof(initialization), $"expected a known initializer, got {initialization.Initializer}");
        }
    }

    /// <summary>Uniform in ±a, which has the variance a² / 3.</summary>
    private static void FillUniform(Philox random, Span<float> values, double variance)
    {
        float limit = (float)Math.Sqrt(3 * variance);
        random.FillUniform(values, -limit, limit);
    }
}

namespace ModelDsl;

/// <summary>Fills the parameters of a new model.</summary>
/// <remarks>
/// Each value is a pure function of the seed, the parameter's index and the value's index within it, so a layer's values
/// depend neither on the order of filling nor on threads.
/// </remarks>
internal static class ParameterInitialization
{
    // Keeps these draws apart from those of shuffling and dropout under the same seed: "INIT".
    private const uint Purpose = 0x494E4954;

    /// <summary>Fills every parameter of <paramref name="description"/>; leaves the padding between them as it is.</summary>
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

            Fill(parameter.Initialization, seed, index, parameters.Slice(parameter.Offset, parameter.Shape.Count));
        }
    }

    private static void Fill(Initialization initialization, ulong seed, int parameter, Span<float> values)
    {
        double glorot = 2.0 / ((double)initialization.FanIn + initialization.FanOut);
        double he = 2.0 / initialization.FanIn;
        switch (initialization.Initializer)
        {
            // A uniform distribution in ±a has the variance a² / 3.
            case Initializer.GlorotUniform:
                FillUniform(values, (float)Math.Sqrt(3 * glorot), seed, parameter);
                break;
            case Initializer.HeUniform:
                FillUniform(values, (float)Math.Sqrt(3 * he), seed, parameter);
                break;
            case Initializer.GlorotNormal:
                FillNormal(values, (float)Math.Sqrt(glorot), seed, parameter);
                break;
            case Initializer.HeNormal:
                FillNormal(values, (float)Math.Sqrt(he), seed, parameter);
                break;
            case Initializer.Zeros:
                values.Clear();
                break;
            case Initializer.Constant:
                values.Fill(initialization.Constant);
                break;
            default:
                throw new ArgumentOutOfRangeException(
                    nameof(initialization), initialization.Initializer, "expected a known initializer");
        }
    }

    /// <summary>Uniform in [-limit, limit): 24 random bits a value.</summary>
    private static void FillUniform(Span<float> values, float limit, ulong seed, int parameter)
    {
        Span<uint> random = stackalloc uint[4];
        for (int start = 0; start < values.Length; start += random.Length)
        {
            Draw(seed, parameter, start / random.Length, random);
            Span<float> run = values[start..Math.Min(start + random.Length, values.Length)];
            for (int i = 0; i < run.Length; i++)
            {
                run[i] = ((2f * ToUnit(random[i])) - 1f) * limit;
            }
        }
    }

    /// <summary>Normal with mean 0: Box and Muller (1958), two values from two uniform ones.</summary>
    private static void FillNormal(Span<float> values, float deviation, ulong seed, int parameter)
    {
        Span<uint> random = stackalloc uint[4];
        Span<float> normal = stackalloc float[4];
        for (int start = 0; start < values.Length; start += random.Length)
        {
            Draw(seed, parameter, start / random.Length, random);
            for (int i = 0; i < normal.Length; i += 2)
            {
                // 1 - u lies in (0, 1], so that its logarithm is finite.
                float radius = deviation * MathF.Sqrt(-2f * MathF.Log(1f - ToUnit(random[i])));
                (float sine, float cosine) = MathF.SinCos(2f * MathF.PI * ToUnit(random[i + 1]));
                normal[i] = radius * cosine;
                normal[i + 1] = radius * sine;
            }

            normal[..Math.Min(normal.Length, values.Length - start)].CopyTo(values[start..]);
        }
    }

    private static float ToUnit(uint random) => (random >> 8) * (1f / (1 << 24));

    private static void Draw(ulong seed, int parameter, int block, Span<uint> random) =>
        PhiloxWords.Draw(seed, (uint)block, (uint)parameter, Purpose, random);
}

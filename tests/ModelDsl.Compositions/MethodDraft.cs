using System.Globalization;

namespace ModelDsl.Compositions;

/// <summary>
/// What an expression may be made of. What it takes counts only if the expression stays: see <see cref="Accept"/>.
/// </summary>
internal sealed class MethodDraft(Random random, ModelComposer composer, MethodBody body)
{
    private readonly List<string> _read = [];
    private readonly List<string> _parameters = [];
    private readonly List<string> _helpers = [];

    /// <summary>Draws layers and blocks.</summary>
    public ModelComposer Composer => composer;

    /// <summary>A number within bounds, both included.</summary>
    public int Number(int least, int most) => random.Next(least, most + 1);

    /// <summary>True with a probability.</summary>
    public bool Chance(double probability) => random.NextDouble() < probability;

    /// <summary>One of several.</summary>
    public T Choose<T>(params T[] choices) => choices[random.Next(choices.Length)];

    /// <summary>The numbers from 0 on in a random order.</summary>
    public int[] Order(int count) => [.. Enumerable.Range(0, count).OrderBy(_ => random.Next())];

    /// <summary>A dimension as it may be written, from the start or from the end.</summary>
    public string Written(int dimension, int rank) =>
        (Chance(0.3) ? dimension - rank : dimension).ToString(CultureInfo.InvariantCulture);

    /// <summary>A tensor that has a name, more often a late one; null where none fits.</summary>
    public (string Name, SampleShape Shape)? Take(Func<SampleShape, bool>? fits = null)
    {
        (string Name, SampleShape Shape)[] fitting =
            [.. body.Locals.Where(local => !local.Shape.IsTokens && (fits is null || fits(local.Shape)))];
        if (fitting.Length == 0)
        {
            return null;
        }

        int place = Math.Max(random.Next(fitting.Length), random.Next(fitting.Length));
        _read.Add(fitting[place].Name);
        return fitting[place];
    }

    /// <summary>A parameter of one's own.</summary>
    public string Parameter(params int[] extents)
    {
        string name = body.NextName("p");
        string option = Choose("", "", ", Initial = 0.5", ", Initializer = Initializer.Normal, Deviation = 0.3");
        _parameters.Add($"[Parameter({string.Join(", ", extents)}{option})] Tensor {name}");
        return name;
    }

    /// <summary>A method beside the forward method.</summary>
    public void Helper(string method) => _helpers.Add(method);

    /// <summary>Notes what the expression takes, since it stays.</summary>
    public void Accept()
    {
        _read.ForEach(body.Read);
        _parameters.ForEach(body.AddParameter);
        _helpers.ForEach(body.AddHelper);
    }
}

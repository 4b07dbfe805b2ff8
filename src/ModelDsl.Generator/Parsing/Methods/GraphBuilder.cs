namespace ModelDsl.Generator.Parsing.Methods;

/// <summary>Collects the layers of a method in the order in which they are read, and what is wrong with it.</summary>
/// <param name="cancellation">Looked at for each layer.</param>
internal sealed class GraphBuilder(CancellationToken cancellation)
{
    private readonly List<(LayerDeclaration Layer, LayerSite Site, long Size)> _layers = [];
    private readonly List<Diagnostic> _issues = [];
    private readonly HashSet<(string Rule, Location Place)> _told = [];

    /// <summary>Whether the model or block has more layers than any can have.</summary>
    public bool IsFull => _layers.Count >= BlockDeclaration.MostLayers;

    /// <summary>Whether a rule is broken that leaves the method without meaning.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Notes that the method has no meaning, for a reason that the C# compiler tells.</summary>
    public void Break() => IsBroken = true;

    /// <summary>Adds a layer and returns its first output.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="site">Where it stands.</param>
    /// <param name="size">How many layers it is with its blocks written out.</param>
    public LayerSource Add(LayerDeclaration layer, LayerSite site, long size = 1)
    {
        cancellation.Look();
        _layers.Add((layer, site, size));
        return _layers.Count - 1;
    }

    /// <summary>Reports a rule, once for each place.</summary>
    public void Report(RuleMessage message, Location place, IEnumerable<Location>? others = null)
    {
        IsBroken |= message.IsError;
        if (_told.Add((message.Rule.Id, place)))
        {
            _issues.Add(message.At(place, others));
        }
    }

    /// <summary>Reports that an expression cannot be read.</summary>
    /// <param name="syntax">The expression.</param>
    /// <param name="reason">Why not, as the end of a sentence.</param>
    /// <param name="call">The call in the forward method that leads to it; null where it stands there.</param>
    public void Refuse(SyntaxNode syntax, string reason, Location? call)
    {
        Location place = ExpressionSite.LocationOf(syntax);
        Report(
            ForwardNotReadable.Message(ExpressionText.Of(syntax), reason),
            call ?? place,
            call is null ? null : [place]);
    }

    /// <summary>Notes what the author calls an output, where it has no name yet.</summary>
    public void Name(LayerSource output, string name)
    {
        if (output is { Layer: >= 0, Output: 0 }
            && _layers[output.Layer] is { Layer: { Local: null, Origin: LayerOrigin.Expression } } entry)
        {
            _layers[output.Layer] = entry with { Layer = entry.Layer with { Local = name } };
        }
    }

    /// <summary>The layers that lead to a result. What leads nowhere is reported and left out.</summary>
    /// <param name="result">What the method returns; null where that is unknown.</param>
    /// <param name="first">The layers before the method, which stay.</param>
    /// <param name="inputs">The number of tensors that flow in.</param>
    public ParsedLayers Finish(LayerSource? result, int first, int inputs)
    {
        bool[] isUsed = new bool[_layers.Count];
        if (result is not null && !IsBroken)
        {
            MarkUsed(isUsed, result.Value);

            // Of what leads nowhere the last of each chain is told.
            HashSet<int> read = [.. _layers.SelectMany(entry => entry.Layer.Sources).Select(source => source.Layer)];
            for (int i = first; i < _layers.Count; i++)
            {
                if (!isUsed[i] && !read.Contains(i))
                {
                    (LayerDeclaration layer, LayerSite site, _) = _layers[i];
                    Report(TensorIsUnused.Message(layer.Text), site.Location(cancellation));
                }
            }
        }
        else
        {
            Fill(isUsed, true);
        }

        Fill(isUsed, true, first);
        int[] places = new int[_layers.Count];
        var kept = new List<(LayerDeclaration Layer, LayerSite Site, long Size)>();
        for (int i = 0; i < _layers.Count; i++)
        {
            places[i] = kept.Count;
            if (isUsed[i])
            {
                kept.Add(_layers[i] with
                {
                    Layer = _layers[i].Layer with { Sources = _layers[i].Layer.Sources.Select(Moved).ToEquatableArray() },
                });
            }
        }

        return new ParsedLayers(kept.Select(entry => entry.Layer).ToEquatableArray(), [.. kept.Select(entry => entry.Site)])
        {
            InputCount = inputs,
            Result = result is { } output ? Moved(output) : null,
            Issues = [.. _issues],
            Size = Math.Min(kept.Sum(entry => entry.Size), int.MaxValue),
        };

        LayerSource Moved(LayerSource source) => source.Layer < 0 ? source : source with { Layer = places[source.Layer] };
    }

    private void MarkUsed(bool[] isUsed, LayerSource result)
    {
        var left = new Stack<int>();
        left.Push(result.Layer);
        while (left.Count > 0)
        {
            int layer = left.Pop();
            if (layer >= 0 && !isUsed[layer])
            {
                isUsed[layer] = true;
                foreach (LayerSource source in _layers[layer].Layer.Sources)
                {
                    left.Push(source.Layer);
                }
            }
        }
    }

    private static void Fill(bool[] flags, bool value, int? end = null)
    {
        for (int i = 0; i < (end ?? flags.Length); i++)
        {
            flags[i] = value;
        }
    }
}

namespace ModelDsl;

/// <summary>
/// The parameters of a model that only predicts, its weights in 16 bits and the others in 32, without room between them
/// for what is not there.
/// </summary>
internal sealed class NarrowParameters
{
    private readonly AlignedMemory _whole;
    private readonly AlignedMemory _narrow;
    private readonly Dictionary<int, int> _wholePlaces = [];
    private readonly Dictionary<int, int> _narrowPlaces = [];

    /// <summary>Rounds and copies the parameters of a model.</summary>
    /// <param name="description">The model.</param>
    /// <param name="parameters">All parameters in 32 bits.</param>
    /// <param name="precision">The format of 16 bits.</param>
    /// <param name="weights">Where the weights lie that have 16 bits, and how long they are.</param>
    public NarrowParameters(
        ModelDescription description,
        FloatSpan parameters,
        Precision precision,
        ReadOnlySpan<(int Offset, int Length)> weights)
    {
        int narrow = 0, whole = 0;
        foreach ((int offset, int length) in weights)
        {
            _narrowPlaces.Add(offset, narrow);
            narrow += Padded((length + 1) / 2);
        }

        foreach (ParameterDescription parameter in description.Parameters)
        {
            if (!_narrowPlaces.ContainsKey(parameter.Offset))
            {
                _wholePlaces.Add(parameter.Offset, whole);
                whole += Padded(parameter.Shape.Count);
            }
        }

        (_narrow, _whole) = (new AlignedMemory(narrow), new AlignedMemory(whole));
        foreach ((int offset, int length) in weights)
        {
            FloatSpan source = parameters.Slice(offset, length);
            NarrowSpan destination = _narrow.FloatSpan.Narrow(_narrowPlaces[offset], length);
            if (precision == Precision.BFloat16)
            {
                BFloat16Storage.Round(source, destination);
            }
            else
            {
                Float16Storage.Round(source, destination);
            }
        }

        foreach (ParameterDescription parameter in description.Parameters)
        {
            if (_wholePlaces.TryGetValue(parameter.Offset, out int place))
            {
                int length = parameter.Shape.Count;
                parameters.Slice(parameter.Offset, length).AsSpan().CopyTo(_whole.FloatSpan.Slice(place, length));
            }
        }
    }

    /// <summary>The bytes that the parameters take, padding included.</summary>
    public long Bytes => (long)sizeof(float) * (_whole.Length + _narrow.Length);

    /// <summary>A parameter in 32 bits, by its offset among all.</summary>
    public FloatSpan Whole(int offset, int length) => _whole.FloatSpan.Slice(_wholePlaces[offset], length);

    /// <summary>A weight, by its offset among all.</summary>
    public StoredWeight Weight(int offset, int length) => _narrowPlaces.TryGetValue(offset, out int place)
        ? new StoredWeight(_narrow.FloatSpan.Narrow(place, length))
        : new StoredWeight(Whole(offset, length));

    private static int Padded(int floats) =>
        (floats + KernelContract.FloatsInCacheLine - 1) / KernelContract.FloatsInCacheLine * KernelContract.FloatsInCacheLine;
}

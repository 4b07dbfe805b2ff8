using System.Globalization;

namespace ModelDsl;

/// <summary>
/// How the columns of a table become samples: fitted on the training table, which gives the classes, the categories and
/// the means, and applied to every other table alike.
/// </summary>
public sealed class TableSchema
{
    // A column of numbers or dates by mistake would become as many features as it has rows.
    private const int MostCategories = 10_000;

    private readonly TableOptions _options;
    private readonly ImmutableArray<Feature> _features;
    private readonly Dictionary<string, int> _classes;

    private TableSchema(TableOptions options, ImmutableArray<Feature> features, ImmutableArray<string> classNames)
    {
        _options = options;
        _features = features;
        ClassNames = classNames;
        _classes = classNames.Select(static (name, number) => (name, number)).ToDictionary(static pair => pair.name, static pair => pair.number);
        FeatureNames = [.. features.SelectMany(static feature => feature.Names)];
    }

    /// <summary>
    /// The name of each value of a sample: a column's, or <c>column=category</c>.
    /// </summary>
    public ImmutableArray<string> FeatureNames { get; }

    /// <summary>The classes, in ordinal order; those that are whole numbers in the order of the numbers. Empty without
    /// labels.</summary>
    public ImmutableArray<string> ClassNames { get; }

    /// <summary>Finds the classes, the categories and the means of a table. Reads it once.</summary>
    /// <param name="table">The training table.</param>
    /// <param name="options">Which columns are what.</param>
    /// <exception cref="ArgumentException">A column is not in the table, or is given two roles; or there is no
    /// feature.</exception>
    /// <exception cref="InvalidDataException">The table is damaged, or a column has more than 10,000
    /// categories or classes. The message names table, row and column.</exception>
    /// <exception cref="IOException">The table cannot be read.</exception>
    public static TableSchema Fit(ITable table, TableOptions options)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(options);
        ImmutableArray<string> columns = ChooseFeatures(table, options);
        string[] numbers = [.. columns.Where(column => !options.Categories.Contains(column))];
        string[] texts = options.Label is { } label ? [.. options.Categories, label] : [.. options.Categories];
        double[] sums = new double[numbers.Length];
        long[] counts = new long[numbers.Length];
        HashSet<string>[] found = [.. texts.Select(static _ => new HashSet<string>(StringComparer.Ordinal))];
        foreach (TableRow row in table.ReadRows(PlacesOf(table, numbers), PlacesOf(table, texts)))
        {
            for (int i = 0; i < numbers.Length; i++)
            {
                if (!float.IsNaN(row.Numbers[i]))
                {
                    sums[i] += row.Numbers[i];
                    counts[i]++;
                }
            }

            for (int i = 0; i < texts.Length; i++)
            {
                if (row.Texts[i] is { } text && found[i].Add(text) && found[i].Count > MostCategories)
                {
                    throw Wrong(table, row, texts[i], $"expected at most {MostCategories} different texts, got more: is it a number?");
                }
            }
        }

        ImmutableArray<Feature> features = [.. columns.Select(column =>
        {
            int number = Array.IndexOf(numbers, column);
            return number < 0
                ? new Feature(column, Sort(found[Array.IndexOf(texts, column)]), Mean: 0f)
                : new Feature(column, Categories: default, counts[number] == 0 ? 0f : (float)(sums[number] / counts[number]));
        })];
        return new TableSchema(options, features, options.Label is null ? [] : Sort(found[^1]));
    }

    /// <summary>Reads a table into memory.</summary>
    /// <param name="table">A table with the columns that this schema was fitted on, in any order.</param>
    /// <exception cref="ArgumentException">A column is not in the table.</exception>
    /// <exception cref="InvalidDataException">The table is damaged or has no rows; a feature is missing where that is an
    /// error, a target is missing, or a class or a category is not one that the schema was fitted on. The message names
    /// table, row and column.</exception>
    /// <exception cref="IOException">The table cannot be read.</exception>
    public Dataset Load(ITable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        string[] features = [.. _features.Where(static feature => !feature.IsCategory).Select(static feature => feature.Column)];
        string[] categories = [.. _features.Where(static feature => feature.IsCategory).Select(static feature => feature.Column)];
        string[] numbers = [.. features, .. _options.Values];
        string[] texts = _options.Label is { } label ? [.. categories, label] : categories;
        var samples = new List<float>();
        var labels = new List<int>();
        var values = new List<float>();
        foreach (TableRow row in table.ReadRows(PlacesOf(table, numbers), PlacesOf(table, texts)))
        {
            if (TryAddSample(table, row, samples))
            {
                AddTargets(table, row, labels, values);
            }
        }

        if (samples.Count == 0)
        {
            throw new InvalidDataException($"{PrintableText.Escape(table.Name)}: expected at least one {table.RowName} of data, got none");
        }

        Dataset set = Dataset.FromTargets(
            new Shape(FeatureNames.Length), [.. samples], [.. labels], [.. values], ClassNames.Length);
        return labels.Count == 0 ? set : set.WithClassNames(ClassNames);
    }

    private static ImmutableArray<string> ChooseFeatures(ITable table, TableOptions options)
    {
        ImmutableArray<string> targets = options.Label is { } label ? [.. options.Values, label] : options.Values;
        ImmutableArray<string> features = options.Features
            ?? [.. table.Columns.Where(column => !targets.Contains(column) && !options.Ignored.Contains(column))];
        if (features.IsEmpty)
        {
            throw new ArgumentException("expected at least one column of features, got none", nameof(options));
        }

        string? twice = features.Concat(targets).CountBy(static column => column).FirstOrDefault(static pair => pair.Value > 1).Key;
        if (twice is not null)
        {
            throw new ArgumentException($"expected each column once, as a feature or as a target, got {PrintableText.Name(twice)} twice", nameof(options));
        }

        string? other = options.Categories.FirstOrDefault(category => !features.Contains(category));
        return other is null
            ? features
            : throw new ArgumentException($"expected categories among the features, got {PrintableText.Name(other)}", nameof(options));
    }

    private static int[] PlacesOf(ITable table, string[] columns) => [.. columns.Select(column =>
    {
        for (int place = 0; place < table.Columns.Count; place++)
        {
            if (table.Columns[place] == column)
            {
                return place;
            }
        }

        string known = string.Join(", ", table.Columns.Take(PrintableText.MostExtents).Select(PrintableText.Name));
        throw new ArgumentException(
            $"{PrintableText.Escape(table.Name)}: expected a column {PrintableText.Name(column)}, got {table.Columns.Count} columns: {known}");
    })];

    // "10" comes after "9" where all are numbers.
    private static ImmutableArray<string> Sort(HashSet<string> texts) =>
        texts.All(static text => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _))
            ? [.. texts.OrderBy(static text => long.Parse(text, CultureInfo.InvariantCulture)).ThenBy(static text => text, StringComparer.Ordinal)]
            : [.. texts.Order(StringComparer.Ordinal)];

    private static InvalidDataException Wrong(ITable table, TableRow row, string column, string what) => new(
        $"{PrintableText.Escape(table.Name)}, {table.RowName} {row.Place}, column {PrintableText.Name(column)}: {what}");

    /// <summary>Appends the features of a row; nothing where it is to be left out.</summary>
    private bool TryAddSample(ITable table, TableRow row, List<float> samples)
    {
        int start = samples.Count;
        int number = 0;
        int text = 0;
        foreach (Feature feature in _features)
        {
            bool isMissing = feature.IsCategory ? row.Texts[text] is null : float.IsNaN(row.Numbers[number]);
            if (isMissing && _options.Missing == MissingValues.Refuse)
            {
                throw Wrong(table, row, feature.Column, "expected a value, got none");
            }

            if (isMissing && _options.Missing == MissingValues.SkipRow)
            {
                samples.RemoveRange(start, samples.Count - start);
                return false;
            }

            if (feature.IsCategory)
            {
                AddCategory(table, row, feature, row.Texts[text++], samples);
            }
            else
            {
                samples.Add(isMissing ? feature.Mean : Finite(table, row, feature.Column, row.Numbers[number]));
                number++;
            }
        }

        return true;
    }

    private static float Finite(ITable table, TableRow row, string column, float value) => float.IsFinite(value)
        ? value
        : throw Wrong(table, row, column, Invariant($"expected a finite number, got {value}"));

    private static void AddCategory(ITable table, TableRow row, Feature feature, string? text, List<float> samples)
    {
        if (text is not null && !feature.Categories.Contains(text))
        {
            throw Wrong(
                table, row, feature.Column, $"expected one of {feature.Categories.Length} known categories, got {PrintableText.Name(text)}");
        }

        foreach (string category in feature.Categories)
        {
            samples.Add(category == text ? 1f : 0f);
        }
    }

    private void AddTargets(ITable table, TableRow row, List<int> labels, List<float> values)
    {
        for (int i = 0; i < _options.Values.Length; i++)
        {
            float value = row.Numbers[row.Numbers.Length - _options.Values.Length + i];
            if (float.IsNaN(value))
            {
                throw Wrong(table, row, _options.Values[i], "expected a target value, got none");
            }

            values.Add(Finite(table, row, _options.Values[i], value));
        }

        if (_options.Label is { } column)
        {
            string name = row.Texts[^1] ?? throw Wrong(table, row, column, "expected a class, got none");
            if (!_classes.TryGetValue(name, out int label))
            {
                throw Wrong(table, row, column, $"expected one of {ClassNames.Length} known classes, got {PrintableText.Name(name)}");
            }

            labels.Add(label);
        }
    }

    /// <summary>A column of features.</summary>
    /// <param name="Column">Its name.</param>
    /// <param name="Categories">Its categories, or default for a column of numbers.</param>
    /// <param name="Mean">The mean of the numbers.</param>
    private sealed record Feature(string Column, ImmutableArray<string> Categories, float Mean)
    {
        public bool IsCategory => !Categories.IsDefault;

        public IEnumerable<string> Names => IsCategory ? Categories.Select(category => $"{Column}={category}") : [Column];
    }
}
